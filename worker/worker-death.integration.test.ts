import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { attempts } from '#db/schema/index.ts';
import { readDocument } from '#server/testing/harness.ts';
import { PATIENCE, scanOf, TOKENS, workerTests } from './testing/worker-tests.ts';

const worker = workerTests();

test(
  'a worker killed half-way loses no page and doubles none',
  async () => {
    const first = await worker.fleet.start();
    const documentId = await worker.submit(await scanOf(TOKENS));
    await worker.until(documentId, (row) => row.pagesCompleted >= 2);
    first.child.kill('SIGKILL');
    await first.exited;
    await worker.fleet.start();
    expect((await worker.untilEnded(documentId)).status).toBe('completed');
    await worker.expectWhole(documentId, TOKENS);
    const tries = await worker.ctx.db
      .select()
      .from(attempts)
      .where(eq(attempts.documentId, documentId));
    const outcomes = tries.map((attempt) => attempt.outcome);
    expect(outcomes.filter((outcome) => outcome === 'completed')).toHaveLength(TOKENS.length);
    expect(outcomes.filter((outcome) => outcome !== 'completed').length).toBeLessThanOrEqual(2);
  },
  PATIENCE,
);

test(
  'a worker that is asked to stop exits with 0 and gives its pages back unspent',
  async () => {
    const first = await worker.fleet.start();
    const documentId = await worker.submit(await scanOf(TOKENS));
    await worker.until(documentId, (row) => row.pagesCompleted >= 1);
    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    const left = await worker.pagesOf(documentId);
    expect(left.filter((page) => page.status === 'processing')).toEqual([]);
    await worker.fleet.start();
    expect((await worker.untilEnded(documentId)).status).toBe('completed');
    await worker.expectWhole(documentId, TOKENS);
    const failed = await worker.ctx.db
      .select()
      .from(attempts)
      .where(eq(attempts.documentId, documentId));
    expect(failed.filter((attempt) => attempt.outcome === 'failed')).toEqual([]);
  },
  PATIENCE,
);

test(
  'a worker that was frozen past its lease writes nothing when it wakes',
  async () => {
    const frozen = await worker.fleet.start();
    const documentId = await worker.submit(await scanOf(TOKENS));
    await worker.until(documentId, (row) => row.startedAt !== null && row.pageCount !== null);
    await sleep(1_500);
    frozen.child.kill('SIGSTOP');
    await worker.fleet.start();
    expect((await worker.untilEnded(documentId)).status).toBe('completed');
    const before = await readDocument(worker.ctx, documentId);
    frozen.child.kill('SIGCONT');
    await sleep(5_000);
    expect((await readDocument(worker.ctx, documentId)).seq).toBe(before.seq);
    await worker.expectWhole(documentId, TOKENS);
  },
  PATIENCE,
);
