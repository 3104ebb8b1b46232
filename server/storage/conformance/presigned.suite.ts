import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect } from 'vitest';
import { send, sha256, statusOf, uniqueKey } from './helpers.ts';
import { presignerFor, type Suite, type Target } from './target.ts';

const DAY_MS = 86_400_000;

async function put({ client, bucket: Bucket }: Target, Body: string) {
  const Key = uniqueKey();
  await client.send(new PutObjectCommand({ Bucket, Key, Body }));
  return { Bucket, Key };
}

async function signPut(target: Target, body: string, headers: Record<string, string>) {
  const object = { Bucket: target.bucket, Key: uniqueKey() };
  const command = new PutObjectCommand({
    ...object,
    ContentType: 'application/pdf',
    ContentLength: body.length,
    ChecksumSHA256: sha256(body),
    IfNoneMatch: '*',
  });
  const url = await getSignedUrl(presignerFor(target), command, {
    signableHeaders: new Set(['content-type', 'content-length', 'host', 'if-none-match']),
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
  });
  const exact = {
    'Content-Type': 'application/pdf',
    'If-None-Match': '*',
    'x-amz-checksum-sha256': sha256(body),
    ...headers,
  };
  return {
    ...object,
    put: (bytes: string) => send(url, { method: 'PUT', body: bytes, headers: exact }),
  };
}

/** Presigned addresses: what is signed holds, and nothing else can be done with them. */
export const presignedSuite: Suite = (check) => {
  check('reads with no other sign of who asks', async (target) => {
    const object = await put(target, 'private');
    const url = await getSignedUrl(presignerFor(target), new GetObjectCommand(object));
    const answer = await send(url, { headers: { Range: 'bytes=0-2' } });
    expect([answer.status, answer.body.toString()]).toEqual([206, 'pri']);
  });

  check('answers with the type, name and caching that the address asks for', async (target) => {
    const object = await put(target, 'private');
    const disposition = `attachment; filename="R_ckzahlung.pdf"; filename*=UTF-8''R%C3%BCckzahlung%20%E6%96%87.pdf`;
    const command = new GetObjectCommand({
      ...object,
      ResponseContentDisposition: disposition,
      ResponseContentType: 'application/pdf',
      ResponseCacheControl: 'private, max-age=60',
    });
    const url = await getSignedUrl(presignerFor(target), command);
    expect((await send(url)).headers).toMatchObject({
      'content-disposition': disposition,
      'content-type': 'application/pdf',
      'cache-control': 'private, max-age=60',
    });
    const forged = url.replace('application%2Fpdf', 'text%2Fhtml');
    expect((await send(forged)).code).toBe('SignatureDoesNotMatch');
  });

  check('lets no override add a header line', async (target) => {
    const object = await put(target, 'private');
    const command = new GetObjectCommand({
      ...object,
      ResponseContentType: 'text/plain\r\nSet-Cookie: a=b',
    });
    const answer = await send(await getSignedUrl(presignerFor(target), command));
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.status).toBe(400);
  });

  check('refuses an expired address', async (target) => {
    const object = await put(target, 'private');
    const command = new GetObjectCommand(object);
    const signingDate = new Date(Date.now() - DAY_MS);
    const url = await getSignedUrl(presignerFor(target), command, { signingDate, expiresIn: 3600 });
    const answer = await send(url);
    expect([answer.status, answer.code]).toEqual([403, 'AccessDenied']);
    const alive = await getSignedUrl(presignerFor(target), command, {
      signingDate,
      expiresIn: 90_000,
    });
    expect((await send(alive)).status).toBe(200);
  });

  check('refuses an address that lives longer than a week', async (target) => {
    const object = await put(target, 'private');
    const url = await getSignedUrl(presignerFor(target), new GetObjectCommand(object));
    const longer = url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=604801');
    expect([400, 403]).toContain((await send(longer)).status);
  });

  check('refuses another method, key, bucket or lifetime than was signed', async (target) => {
    const object = await put(target, 'private');
    const other = await put(target, 'other');
    const url = await getSignedUrl(presignerFor(target), new GetObjectCommand(object));
    const forgeries = [
      send(url, { method: 'PUT', body: 'evil' }),
      send(url, { method: 'DELETE' }),
      send(url.replace(object.Key, other.Key)),
      send(url.replace(`/${object.Bucket}/`, '/elsewhere/')),
      send(url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=86400')),
      send(`${url}&uploads`),
      send(url.replace(/X-Amz-Signature=\w{4}/, 'X-Amz-Signature=0000')),
    ];
    for (const answer of await Promise.all(forgeries)) expect(answer.status).toBe(403);
    expect((await send(url)).body.toString()).toBe('private');
  });

  check('takes exactly the upload that was signed, once', async (target) => {
    const upload = await signPut(target, 'exact', {});
    expect((await upload.put('exact')).status).toBe(200);
    const second = await upload.put('exact');
    expect([second.status, second.code]).toEqual([412, 'PreconditionFailed']);
    const { Bucket, Key } = upload;
    const head = await target.client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ContentType: 'application/pdf', ContentLength: 5 });
  });

  check('refuses an upload of another length, type, checksum or condition', async (target) => {
    const attempts: [string, Record<string, string>][] = [
      ['longer than it was', {}],
      ['exact', { 'Content-Type': 'text/html' }],
      ['exact', { 'x-amz-checksum-sha256': sha256('other') }],
      ['exact', { 'If-None-Match': '' }],
    ];
    for (const [body, headers] of attempts) {
      const upload = await signPut(target, 'exact', headers);
      expect((await upload.put(body)).status).toBeGreaterThanOrEqual(400);
      const { Bucket, Key } = upload;
      expect(await statusOf(target.client.send(new HeadObjectCommand({ Bucket, Key })))).toBe(404);
    }
  });

  check('refuses an upload of other bytes of the same length', async (target) => {
    const upload = await signPut(target, 'exact', {});
    expect((await upload.put('other')).code).toBe('BadDigest');
  });

  check('holds an upload to a checksum that the address carries', async (target) => {
    const object = { Bucket: target.bucket, Key: uniqueKey() };
    const command = new PutObjectCommand({ ...object, ChecksumSHA256: sha256('good') });
    const url = await getSignedUrl(presignerFor(target), command);
    expect(url).toContain('x-amz-checksum-sha256=');
    expect((await send(url, { method: 'PUT', body: 'evil' })).status).toBe(400);
    expect((await send(url, { method: 'PUT', body: 'good' })).status).toBe(200);
  });

  check('refuses further x-amz headers than were signed', async (target) => {
    const object = { Bucket: target.bucket, Key: uniqueKey() };
    const url = await getSignedUrl(presignerFor(target), new PutObjectCommand(object));
    const headers = { 'x-amz-meta-added': 'yes' };
    expect((await send(url, { method: 'PUT', body: 'x', headers })).status).toBe(403);
  });

  check('deletes by a presigned address', async (target) => {
    const object = await put(target, 'private');
    const url = await getSignedUrl(presignerFor(target), new DeleteObjectCommand(object));
    expect((await send(url, { method: 'DELETE' })).status).toBe(204);
    expect(await statusOf(target.client.send(new HeadObjectCommand(object)))).toBe(404);
  });
};
