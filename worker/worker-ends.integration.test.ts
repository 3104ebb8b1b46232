import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { endlessPdf, textPdf } from '#fixtures/pdf.ts';
import { cancelDocument } from '#server/documents/cancel.ts';
import { removeDocument } from '#server/documents/remove.ts';
import { unlockDocument } from '#server/documents/unlock.ts';
import { readDocument } from '#server/testing/harness.ts';
import { PATIENCE, scanOf, TOKENS, workerTests } from './testing/worker-tests.ts';

const worker = workerTests();

test(
  'a worker waits for the password of a protected file, and reads it once it has it',
  async () => {
    const { log } = await worker.fleet.start({ LOG_LEVEL: 'trace' });
    const documentId = await worker.submit(
      await textPdf({ pages: ['The secret is ALPHA.'], password: 'sesame' }),
    );
    expect(await worker.untilEnded(documentId)).toMatchObject({
      status: 'failed',
      errorCode: 'PASSWORD_REQUIRED',
    });
    await unlockDocument({ ctx: worker.ctx, input: { documentId, password: 'wrong' } });
    expect(await worker.untilEnded(documentId)).toMatchObject({
      status: 'failed',
      errorCode: 'PASSWORD_WRONG',
    });
    await unlockDocument({ ctx: worker.ctx, input: { documentId, password: 'sesame' } });
    expect(await worker.untilEnded(documentId)).toMatchObject({
      status: 'completed',
      errorCode: null,
    });
    expect((await worker.pagesOf(documentId))[0]?.text).toContain('ALPHA');
    const { rows } = await worker.ctx.db.execute(sql`
      select data::text, output::text from pgboss.job union all select data::text, '' from events`);
    for (const text of [log(), JSON.stringify(rows)]) {
      expect(text).toContain(documentId);
      expect(text).not.toContain('sesame');
    }
  },
  PATIENCE,
);

test(
  'a worker ends a page at its time limit as an error, once, and serves the next',
  async () => {
    await worker.fleet.start({ PAGE_TIMEOUT_MS: '4000' });
    const documentId = await worker.submit(await endlessPdf());
    expect(await worker.untilEnded(documentId)).toMatchObject({
      status: 'failed',
      errorCode: 'PAGE_TIMEOUT',
    });
    expect((await worker.pagesOf(documentId))[0]).toMatchObject({ attempts: 1 });
    const next = await worker.submit(await textPdf({ pages: ['The next one is BRAVO.'] }));
    expect((await worker.untilEnded(next)).status).toBe('completed');
  },
  PATIENCE,
);

test(
  'a worker stops a canceled document within seconds and leaves one end',
  async () => {
    await worker.fleet.start();
    const documentId = await worker.submit(await scanOf(TOKENS));
    await worker.until(documentId, (row) => row.pagesCompleted >= 1);
    await cancelDocument({ ctx: worker.ctx, input: { documentId } });
    await sleep(3_000);
    const before = await readDocument(worker.ctx, documentId);
    await sleep(3_000);
    const after = await readDocument(worker.ctx, documentId);
    expect(after.seq).toBe(before.seq);
    expect(after.status).toBe('canceled');
    expect(after.pagesCompleted + after.pagesCanceled).toBe(TOKENS.length);
  },
  PATIENCE,
);

test(
  'a worker leaves no object of a document that was deleted while it was read',
  async () => {
    await worker.fleet.start();
    const documentId = await worker.submit(await scanOf(TOKENS.slice(0, 4)));
    await worker.until(documentId, (row) => row.pagesCompleted >= 1);
    await removeDocument({ ctx: worker.ctx, input: { documentId } });
    await sleep(5_000);
    await worker.ctx.db.execute(
      sql`update pgboss.job set start_after = now() where name = 'document.remove' and state = 'created'`,
    );
    for (let tries = 0; tries < 60 && (await openRemovals(documentId)) > 0; tries += 1)
      await sleep(250);
    expect(await worker.ctx.storage.removeAll(`documents/${documentId}/`)).toBe(0);
  },
  PATIENCE,
);

async function openRemovals(documentId: string): Promise<number> {
  const { rows } = await worker.ctx.db.execute<{ count: number }>(sql`
    select count(*)::int as count from pgboss.job
    where name = 'document.remove' and data->>'documentId' = ${documentId} and state <> 'completed'`);
  return rows[0]?.count ?? 0;
}
