import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { finalizeDocument } from '#server/documents/finalize.ts';
import {
  type Harness,
  PDF_BYTES,
  readDocument,
  startHarness,
  uploadFile,
} from '#server/testing/harness.ts';
import { createSourceCache, type SourceCache } from './source-cache.ts';

const TRIES = 100;
const OTHERS = Buffer.from(PDF_BYTES.toString().replace('1.4', '1.5'));
const { signal } = new AbortController();

let harness: Harness;
let cache: SourceCache;

beforeAll(async () => {
  harness = await startHarness();
  cache = await createSourceCache({ storage: harness.ctx.storage, maxBytes: 1 });
});
afterAll(async () => {
  await cache.close();
  await harness.close();
});

/** Overwrites a file some time after it began to be finalized and fetched; resolves to what became of it. */
async function race(afterMs: number): Promise<string> {
  const { ctx } = harness;
  const documentId = await uploadFile(ctx);
  const { sourceKey } = await readDocument(ctx, documentId);
  const overwritten = sleep(afterMs).then(() =>
    ctx.storage.put(sourceKey, OTHERS, 'application/pdf'),
  );
  const outcome = finalizeAndFetch(documentId);
  await Promise.all([outcome, overwritten]);
  return outcome;
}

async function finalizeAndFetch(documentId: string): Promise<string> {
  const { ctx } = harness;
  await finalizeDocument({ ctx, input: { documentId } });
  const row = await readDocument(ctx, documentId);
  return row.status === 'queued' ? fetched(row) : (row.errorCode ?? row.status);
}

const fetched = (row: Parameters<SourceCache['with']>[0]): Promise<string> =>
  cache
    .with(row, signal, (path) => readFile(path))
    .then(
      (bytes) => (bytes.equals(PDF_BYTES) ? 'as announced' : 'other bytes'),
      (error: { code: string }) => error.code,
    );

test('a file that is overwritten meanwhile is never read with other bytes', async () => {
  const documentId = await uploadFile(harness.ctx);
  const startedAt = performance.now();
  await finalizeAndFetch(documentId);
  const usual = performance.now() - startedAt;
  const outcomes = new Set<string>();
  for (let time = 0; time < TRIES; time += 1) outcomes.add(await race(Math.random() * 2 * usual));
  expect([...outcomes].sort()).toEqual(['UPLOAD_MISMATCH', 'as announced']);
}, 120_000);
