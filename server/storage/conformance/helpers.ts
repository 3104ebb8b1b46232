import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { expect } from 'vitest';
import { presignerFor, type Target } from './target.ts';

export const MEBIBYTE = 1024 ** 2;

export function uniqueKey(name = 'object'): string {
  return `${randomUUID()}/${name}`;
}

export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('base64');
}

export function md5Hex(data: Uint8Array | string): string {
  return createHash('md5').update(data).digest('hex');
}

export function someBytes(length: number): Buffer {
  return randomBytes(length);
}

/** The code of the error that an SDK call ends with. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(S3ServiceException);
  return (error as S3ServiceException).name;
}

export async function statusOf(call: Promise<unknown>): Promise<number | undefined> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return (error as S3ServiceException | undefined)?.$metadata.httpStatusCode;
}

export interface RawAnswer {
  status: number;
  code: string | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A request sent as it is: no client normalises its path or its headers. */
export function send(
  url: string,
  options: {
    method?: string;
    headers?: Record<string, string>;
    body?: Uint8Array | string;
    path?: string;
  } = {},
): Promise<RawAnswer> {
  const { protocol: _, hostname, port } = new URL(url);
  const path = options.path ?? url.slice(new URL(url).origin.length);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { hostname, port, path, method: options.method ?? 'GET', headers: options.headers ?? {} },
      async (answer) => {
        const body = Buffer.concat(await answer.toArray());
        const code = /<Code>([^<]*)<\/Code>/.exec(body.toString())?.[1];
        resolve({ status: answer.statusCode ?? 0, code, headers: answer.headers, body });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

/** Fields and address of an upload form for exactly `content`. */
export async function signForm(
  target: Target,
  content: Uint8Array,
  overrides: Partial<PresignedPostOptions> & { key?: string } = {},
) {
  const { key = uniqueKey(), ...rest } = overrides;
  const fields = { 'Content-Type': 'application/pdf', 'x-amz-checksum-sha256': sha256(content) };
  const form = await createPresignedPost(presignerFor(target), {
    Bucket: target.bucket,
    Key: key,
    Fields: fields,
    Conditions: [['content-length-range', content.length, content.length]],
    Expires: 300,
    ...rest,
  });
  return { ...form, key };
}

/** Sends a form as a browser does: the fields in their order, then the file. */
export function submitForm(
  url: string,
  fields: Record<string, string>,
  content: Uint8Array,
  fileFirst = false,
) {
  const form = new FormData();
  const file = new Blob([Buffer.from(content)], { type: 'text/html' });
  if (fileFirst) form.append('file', file, 'upload.html');
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (!fileFirst) form.append('file', file, 'upload.html');
  return fetch(url, { method: 'POST', body: form });
}

export async function codeOfAnswer(answer: Response): Promise<string | undefined> {
  return /<Code>([^<]*)<\/Code>/.exec(await answer.text())?.[1];
}
