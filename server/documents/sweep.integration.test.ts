import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pages } from '#db/schema/index.ts';
import { claim, complete, hold } from '../testing/attempts.ts';
import {
  countJobs,
  type Harness,
  processingDocument,
  readDocument,
  startHarness,
} from '../testing/harness.ts';
import { retryDocument } from './retry.ts';
import { sweepDocuments } from './sweep.ts';

let harness: Harness;
let ctx: Harness['ctx'];

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterAll(() => harness.close());

describe('sweepDocuments', () => {
  const loseJobs = (documentId: string) =>
    ctx.db.execute(sql`delete from pgboss.job where data->>'documentId' = ${documentId}`);

  test('queues pages again whose jobs are gone, and leaves others alone', async () => {
    const lost = await processingDocument(ctx, 3);
    const healthy = await processingDocument(ctx, 2);
    await loseJobs(lost.documentId);
    await sweepDocuments({ ctx });
    await sweepDocuments({ ctx });
    expect(await countJobs(ctx, lost.documentId, 'page.recognize')).toBe(3);
    expect(await countJobs(ctx, healthy.documentId, 'page.recognize')).toBe(2);
  });

  test('gives up a page whose worker was lost at every attempt', async () => {
    const document = await processingDocument(ctx, 2);
    for (let attempt = 0; attempt < 3; attempt += 1) await claim(ctx, document, 1);
    await complete(ctx, await hold(ctx, document, 2));
    await loseJobs(document.documentId);
    await sweepDocuments({ ctx });
    const [row] = await ctx.db
      .select()
      .from(pages)
      .where(and(eq(pages.documentId, document.documentId), eq(pages.number, 1)));
    expect(row).toMatchObject({ status: 'failed', errorCode: 'WORKER_CRASHED' });
    expect((await readDocument(ctx, document.documentId)).status).toBe('assembling');
  });

  test('fails a document whose assemble job is gone, and a retry assembles it again', async () => {
    const document = await processingDocument(ctx, 1);
    await complete(ctx, await hold(ctx, document, 1));
    await loseJobs(document.documentId);
    await sweepDocuments({ ctx });
    const input = { documentId: document.documentId };
    expect(await readDocument(ctx, document.documentId)).toMatchObject({
      status: 'failed',
      errorCode: 'WORKER_CRASHED',
    });
    await retryDocument({ ctx, input });
    expect((await readDocument(ctx, document.documentId)).status).toBe('assembling');
    expect(await countJobs(ctx, document.documentId, 'document.assemble')).toBe(1);
  });
});
