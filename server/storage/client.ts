import type { Readable } from 'node:stream';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Env } from '../env.ts';
import { missingWhereDenied, translateStorageErrors } from './errors.ts';

/** Milliseconds for a connection, and without a byte on it, before a store counts as away. */
const CONNECT_TIMEOUT = 5_000;
const SILENCE_TIMEOUT = 10_000;

export interface StoredObject {
  /** Bytes. */
  size: number;
  etag: string;
  /** Of the whole object, hex; undefined where the store does not know it. */
  sha256: string | undefined;
}

export interface ObjectStorage {
  readonly bucket: string;
  /** For calls from this process. */
  readonly client: S3Client;
  /** Signs addresses that browsers and other machines use. */
  readonly presigner: S3Client;
  head(key: string): Promise<StoredObject>;
  /** The whole object, or its first `bytes`; refused where its ETag is not `etag`. */
  read(
    key: string,
    options?: { etag?: string; bytes?: number; signal?: AbortSignal },
  ): Promise<Readable>;
  put(key: string, body: Uint8Array | string, type: string): Promise<void>;
  /** Of any length; returns bytes. */
  putStream(key: string, body: Readable, type: string): Promise<void>;
  /** Every key that begins with the prefix. */
  list(prefix: string): Promise<string[]>;
  remove(keys: string[]): Promise<void>;
  removeAll(prefix: string): Promise<number>;
}

export function createStorage(env: Env): ObjectStorage {
  const client = s3Client(env, env.S3_ENDPOINT);
  const presigner = s3Client(env, env.S3_PUBLIC_ENDPOINT ?? env.S3_ENDPOINT);
  const bucket = env.S3_BUCKET;

  return {
    bucket,
    client,
    presigner,
    head: (key) => translateStorageErrors(() => head(client, bucket, key)),
    read: (key, options) =>
      translateStorageErrors(() => read(client, bucket, key, options)).catch((error: unknown) => {
        throw missingWhereDenied(error);
      }),
    put: (key, body, type) =>
      translateStorageErrors(async () => {
        await client.send(
          new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: type }),
        );
      }),
    putStream: (key, body, type) =>
      translateStorageErrors(async () => {
        const params = { Bucket: bucket, Key: key, Body: body, ContentType: type };
        // Each part under way is held in memory.
        await new Upload({ client, params, queueSize: 1 }).done();
      }),
    list: (prefix) => translateStorageErrors(() => list(client, bucket, prefix)),
    remove: (keys) => translateStorageErrors(() => remove(client, bucket, keys)),
    removeAll: (prefix) =>
      translateStorageErrors(async () => {
        const keys = await list(client, bucket, prefix);
        await remove(client, bucket, keys);
        return keys.length;
      }),
  };
}

function s3Client(env: Env, endpoint: string | undefined): S3Client {
  return new S3Client({
    ...(endpoint && { endpoint }),
    region: env.S3_REGION,
    forcePathStyle: env.S3_FORCE_PATH_STYLE,
    credentials: { accessKeyId: env.S3_ACCESS_KEY_ID, secretAccessKey: env.S3_SECRET_ACCESS_KEY },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT, socketTimeout: SILENCE_TIMEOUT },
  });
}

async function head(client: S3Client, Bucket: string, Key: string): Promise<StoredObject> {
  const answer = await client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
  const whole = answer.ChecksumSHA256 && !answer.ChecksumSHA256.includes('-');
  return {
    size: answer.ContentLength ?? 0,
    etag: answer.ETag ?? '',
    sha256: whole ? Buffer.from(answer.ChecksumSHA256 ?? '', 'base64').toString('hex') : undefined,
  };
}

async function read(
  client: S3Client,
  Bucket: string,
  Key: string,
  options: { etag?: string; bytes?: number; signal?: AbortSignal } = {},
): Promise<Readable> {
  const answer = await client.send(
    new GetObjectCommand({
      Bucket,
      Key,
      ...(options.etag && { IfMatch: options.etag }),
      ...(options.bytes && { Range: `bytes=0-${options.bytes - 1}` }),
    }),
    options.signal ? { abortSignal: options.signal } : {},
  );
  return answer.Body as Readable;
}

async function list(client: S3Client, Bucket: string, Prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for (let token: string | undefined; ; ) {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket, Prefix, ...(token && { ContinuationToken: token }) }),
    );
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    if (!page.IsTruncated) return keys;
    token = page.NextContinuationToken;
  }
}

/** As many as one request may name. */
const REMOVE_CHUNK = 1_000;

async function remove(client: S3Client, Bucket: string, keys: string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += REMOVE_CHUNK) {
    const Objects = keys.slice(start, start + REMOVE_CHUNK).map((Key) => ({ Key }));
    const { Errors } = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    const [first] = Errors ?? [];
    if (first) throw new Error(`${first.Key} was not removed: ${first.Code}`);
  }
}
