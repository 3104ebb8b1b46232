import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Harness,
  PDF_BYTES,
  readDocument,
  startHarness,
  uploadFile,
} from '#server/testing/harness.ts';
import { createSourceCache } from './source-cache.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

async function uploaded(bytes: Buffer = PDF_BYTES) {
  return readDocument(harness.ctx, await uploadFile(harness.ctx, bytes));
}

const { signal } = new AbortController();

const openCache = (maxBytes: number) =>
  createSourceCache({ storage: harness.ctx.storage, maxBytes });

test('a file is fetched once for all who use it, and its folder is gone at the end', async () => {
  const cache = await openCache(1_000);
  const source = await uploaded();
  const paths = await Promise.all(
    Array.from({ length: 5 }, () =>
      cache.with(source, signal, async (path) => {
        expect(await readFile(path)).toEqual(PDF_BYTES);
        return path;
      }),
    ),
  );
  expect(new Set(paths).size).toBe(1);
  await cache.close();
  expect(existsSync(dirname(paths[0] ?? ''))).toBe(false);
});

test('files beyond the limit are dropped, but not from under who reads them', async () => {
  const cache = await openCache(PDF_BYTES.length);
  const [first, second] = [await uploaded(), await uploaded()];
  const kept = await cache.with(first, signal, (inUse) =>
    cache.with(second, signal, async () => existsSync(inUse)),
  );
  expect(kept).toBe(true);
  const older = await cache.with(second, signal, async (path) => path);
  const newer = await cache.with(first, signal, async (path) => path);
  expect([existsSync(older), existsSync(newer)]).toEqual([false, true]);
  await cache.close();
});

test('other bytes than the announced ones are refused, and not kept', async () => {
  const cache = await openCache(1_000);
  const source = { ...(await uploaded()), sha256: 'f'.repeat(64) };
  await expect(cache.with(source, signal, async (path) => path)).rejects.toMatchObject({
    code: 'UPLOAD_MISMATCH',
  });
  await expect(cache.with(source, signal, async (path) => path)).rejects.toMatchObject({
    code: 'UPLOAD_MISMATCH',
  });
  await cache.close();
});

test('the file of a deleted document is forgotten', async () => {
  const cache = await openCache(1_000);
  const source = await uploaded();
  const path = await cache.with(source, signal, async (one) => one);
  expect(existsSync(path)).toBe(true);
  await cache.forget(source.id);
  expect(existsSync(path)).toBe(false);
  await cache.close();
});
