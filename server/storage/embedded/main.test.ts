import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const CREDENTIALS = { accessKeyId: 'AKIDAPP', secretAccessKey: 'a-secret-of-the-test' };
const MAIN = join(import.meta.dirname, 'main.ts');
const MEBIBYTE = 1024 ** 2;

let dataDir: string;
let child: ChildProcess;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'store-main-'));
});

afterEach(async () => {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await exitOf(child);
  }
  await rm(dataDir, { recursive: true });
});

function exitOf(process: ChildProcess): Promise<number | null> {
  if (process.exitCode !== null) return Promise.resolve(process.exitCode);
  return new Promise((resolve) => process.once('exit', (code) => resolve(code)));
}

async function launch(): Promise<S3Client> {
  child = spawn(process.execPath, [MAIN], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      STORE_DATA: dataDir,
      STORE_HOST: '127.0.0.1',
      STORE_PORT: '0',
      STORE_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      STORE_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      STORE_REGION: 'eu-1',
      LOG_LEVEL: 'info',
    },
  });
  const line = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (data) => resolve(String(data))),
  );
  const endpoint = (JSON.parse(line) as { url: string }).url;
  return new S3Client({
    endpoint,
    region: 'eu-1',
    credentials: CREDENTIALS,
    forcePathStyle: true,
    maxAttempts: 1,
  });
}

async function peakMemory(): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) * 1024;
}

describe('the store as a process', () => {
  test('stops at SIGTERM', async () => {
    await launch();
    child.kill('SIGTERM');
    expect(await exitOf(child)).toBe(0);
  });

  test('stops when its parent lets go of it', async () => {
    await launch();
    child.stdin?.end();
    expect(await exitOf(child)).toBe(0);
  });

  test('shows each key whole or not at all after a kill at any moment', {
    timeout: 60_000,
  }, async () => {
    const Bucket = 'bucket';
    let client = await launch();
    await client.send(new CreateBucketCommand({ Bucket }));
    for (let round = 0; round < 4; round += 1) {
      const puts = Array.from({ length: 30 }, (_, index) =>
        client
          .send(
            new PutObjectCommand({
              Bucket,
              Key: `key-${index}`,
              Body: String(round).repeat(MEBIBYTE),
            }),
          )
          .catch(() => undefined),
      );
      await Promise.race(puts.slice(5 * (round + 1)));
      child.kill('SIGKILL');
      await Promise.all([...puts, exitOf(child)]);
      client.destroy();
      client = await launch();
      expect(await readdir(join(dataDir, 'temp'))).toEqual([]);
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
      for (const { Key } of Contents) {
        const got = await client.send(new GetObjectCommand({ Bucket, Key }));
        expect(await got.Body?.transformToString()).toMatch(/^(?:0+|1+|2+|3+)$/);
        expect(got.ContentLength).toBe(MEBIBYTE);
      }
    }
    client.destroy();
  });

  test.runIf(process.platform === 'linux')(
    'needs no more memory for a large object than for a small one',
    { timeout: 120_000 },
    async () => {
      const client = await launch();
      const Bucket = 'bucket';
      await client.send(new CreateBucketCommand({ Bucket }));
      await client.send(new PutObjectCommand({ Bucket, Key: 'small', Body: 'small' }));
      const before = await peakMemory();
      const block = Buffer.alloc(MEBIBYTE, 1);
      const Body = Readable.from(
        Array.from({ length: 400 }, () => block),
        { objectMode: false },
      );
      await client.send(
        new PutObjectCommand({ Bucket, Key: 'large', Body, ContentLength: 400 * MEBIBYTE }),
      );
      const got = await client.send(new GetObjectCommand({ Bucket, Key: 'large' }));
      let size = 0;
      for await (const chunk of got.Body as Readable) size += chunk.length;
      expect(size).toBe(400 * MEBIBYTE);
      expect((await peakMemory()) - before).toBeLessThan(120 * MEBIBYTE);
      client.destroy();
    },
  );
});
