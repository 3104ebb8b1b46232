import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outputs } from '#db/schema/index.ts';
import { correctWords } from '../corrections/correct.ts';
import { getDocument } from '../documents/get.ts';
import { countJobs, type Harness, startHarness } from '../testing/harness.ts';
import { readDocumentOf } from '../testing/read-document.ts';
import { beginOutput } from './make.ts';
import { rewriteOutputs } from './rewrite.ts';

let harness: Harness;
let ctx: Harness['ctx'];

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterAll(() => harness.close());

async function correctedDocument() {
  const { documentId, run, layouts } = await readDocumentOf(ctx, 'The qnick fox', 'and more');
  const input = { documentId, page: 1, layout: layouts[0] ?? '', first: 1, count: 1 };
  await correctWords({ ctx, input: { ...input, shown: 'qnick', text: 'quick' } });
  return { documentId, run };
}

async function outputOf(documentId: string) {
  const [row] = await ctx.db.select().from(outputs).where(eq(outputs.documentId, documentId));
  if (!row) throw new Error('no output');
  return row;
}

test('an output whose pages were corrected is out of date until it is made anew from them', async () => {
  const { documentId, run } = await correctedDocument();
  const before = await outputOf(documentId);
  await rewriteOutputs({ ctx, input: run });
  const after = await outputOf(documentId);
  expect(after).toMatchObject({ key: before.key, jobId: expect.any(String) });
  expect(await getDocument({ ctx, input: { documentId } })).toMatchObject({
    status: 'completed',
    outputs: [],
    making: [{ format: 'txt', variant: '' }],
  });
  const job = { ...run, format: 'txt' as const, variant: '' as const, token: after.jobId ?? '' };
  const begun = await beginOutput({ ctx, input: job });
  const corrected = begun?.assembly.pages.map(({ corrections }) => corrections);
  expect(corrected?.map((all) => all.map((one) => one.newText))).toEqual([['quick'], []]);
});

test('an output that waits to be made is not ordered twice; one that is being made is looked at again', async () => {
  const { documentId, run } = await correctedDocument();
  await rewriteOutputs({ ctx, input: run });
  await rewriteOutputs({ ctx, input: run });
  expect(await countJobs(ctx, documentId, 'document.output')).toBe(1);
  const { jobId } = await outputOf(documentId);
  await ctx.db.execute(
    sql`update pgboss.job set state = 'completed' where name = 'document.rewrite'`,
  );
  await ctx.db.execute(sql`update pgboss.job set state = 'active' where id = ${jobId}`);
  await rewriteOutputs({ ctx, input: run });
  expect((await outputOf(documentId)).jobId).toBe(jobId);
  expect(await countJobs(ctx, documentId, 'document.rewrite')).toBe(2);
});
