import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type EmbeddedStore, startEmbeddedStore } from './index.ts';

const CREDENTIALS = { accessKeyId: 'AKIDAPP', secretAccessKey: 'a-secret-of-the-test' };
const Bucket = 'bucket';

let dataDir: string;
let store: EmbeddedStore;
let client: S3Client;

async function start() {
  store = await startEmbeddedStore({
    dataDir,
    host: '127.0.0.1',
    port: 0,
    region: 'eu-1',
    ...CREDENTIALS,
    timeouts: { headers: 500, stall: 500, close: 200 },
  });
  client = new S3Client({
    endpoint: store.url,
    region: 'eu-1',
    credentials: CREDENTIALS,
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'store-test-'));
  await start();
  await client.send(new CreateBucketCommand({ Bucket }));
});

afterEach(async () => {
  client.destroy();
  await store.close();
  await rm(dataDir, { recursive: true });
});

async function open(): Promise<Socket> {
  const socket = connect(store.port, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

async function presignPut(Key: string): Promise<string> {
  const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key }));
  return url.slice(store.url.length);
}

async function read(Key: string): Promise<string | undefined> {
  const got = await client.send(new GetObjectCommand({ Bucket, Key }));
  return got.Body?.transformToString();
}

function closed(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => socket.once('close', resolve));
}

const tempFiles = () => readdir(join(dataDir, 'temp'));

describe('the embedded store', () => {
  test('keeps its objects over a restart and clears what was half written', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'whole' }));
    await store.close();
    await writeFile(join(dataDir, 'temp', 'left-by-a-crash'), 'half');
    await start();
    expect(await read('kept')).toBe('whole');
    expect(await tempFiles()).toEqual([]);
  });

  test('keeps the old object and no temp file where an upload breaks off', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'old' }));
    const socket = await open();
    socket.write(
      `PUT ${await presignPut('key')} HTTP/1.1\r\nHost: 127.0.0.1:${store.port}\r\nContent-Length: 100000\r\n\r\n`,
    );
    socket.write(randomBytes(50_000));
    await expect.poll(tempFiles).toHaveLength(1);
    socket.destroy();
    await expect.poll(tempFiles).toEqual([]);
    expect(await read('key')).toBe('old');
  });

  test('leaves no temp file where a form breaks off in the middle of its file', async () => {
    const form = await createPresignedPost(client, { Bucket, Key: 'form' });
    const part = (name: string, value: string) =>
      `--cut\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const fields = Object.entries(form.fields).map(([name, value]) => part(name, value));
    const start = `${fields.join('')}--cut\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n`;
    const socket = await open();
    socket.write(
      `POST /${Bucket} HTTP/1.1\r\nHost: 127.0.0.1:${store.port}\r\nContent-Type: multipart/form-data; boundary=cut\r\nContent-Length: 900000\r\n\r\n${start}`,
    );
    socket.write(randomBytes(200_000));
    await expect.poll(tempFiles).toHaveLength(1);
    socket.destroy();
    await expect.poll(tempFiles).toEqual([]);
  });

  test('cuts off clients that send headers or bodies drop by drop', async () => {
    const idle = await open();
    const slowHeaders = await open();
    const slowBody = await open();
    const ended = Promise.all([idle, slowHeaders, slowBody].map(closed));
    slowBody.write(
      `PUT ${await presignPut('slow')} HTTP/1.1\r\nHost: 127.0.0.1:${store.port}\r\nContent-Length: 100000\r\n\r\n`,
    );
    slowHeaders.write('GET / HTTP/1.1\r\n');
    const drops = setInterval(() => {
      slowHeaders.write('a');
      slowBody.write('a');
    }, 100);
    await ended.finally(() => clearInterval(drops));
    await expect.poll(tempFiles).toEqual([]);
  });

  test('goes on serving while others dawdle', async () => {
    const sockets = await Promise.all(Array.from({ length: 200 }, open));
    for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nX-');
    await client.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'served' }));
    expect(await read('key')).toBe('served');
    for (const socket of sockets) socket.destroy();
  });

  test('gives a reader the object that it opened, though it is replaced meanwhile', async () => {
    const old = randomBytes(4_000_000);
    await client.send(new PutObjectCommand({ Bucket, Key: 'key', Body: old }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'key' }));
    await client.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'new' }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(old)).toBe(true);
    expect(await read('key')).toBe('new');
  });

  test('serves objects as nothing that a browser would run', async () => {
    await client.send(
      new PutObjectCommand({ Bucket, Key: 'page', Body: '<script>', ContentType: 'text/html' }),
    );
    const answer = await fetch(
      await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'page' })),
    );
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe('sandbox');
  });

  test('refuses operations and settings that it does not know', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'kept' }));
    const object = { Bucket, Key: 'key' };
    const calls = [
      () => client.send(new PutObjectAclCommand({ ...object, ACL: 'public-read' })),
      () => client.send(new PutObjectTaggingCommand({ ...object, Tagging: { TagSet: [] } })),
      () => client.send(new DeleteObjectCommand({ ...object, VersionId: '1' })),
      () => client.send(new DeleteBucketCommand({ Bucket })),
      () => client.send(new ListObjectsCommand({ Bucket })),
      () => client.send(new PutObjectCommand({ ...object, Body: 'x', ACL: 'public-read' })),
      () => client.send(new PutObjectCommand({ ...object, Body: 'x', IfMatch: '"etag"' })),
      () =>
        client.send(new PutObjectCommand({ ...object, Body: 'x', ServerSideEncryption: 'AES256' })),
      () =>
        client.send(new PutObjectCommand({ ...object, Body: 'x', ChecksumAlgorithm: 'CRC32C' })),
    ];
    for (const call of calls)
      await expect(call()).rejects.toMatchObject({ name: 'NotImplemented' });
    expect(await read('key')).toBe('kept');
  });
});
