import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents, pages } from '#db/schema/index.ts';
import { attemptKey, documentPrefix } from '../storage/keys.ts';
import { type Harness, processingDocument, startHarness } from '../testing/harness.ts';
import { cancelDocument } from './cancel.ts';
import { removeDocument } from './remove.ts';
import { tidyDocument } from './tidy.ts';

let harness: Harness;
let ctx: Harness['ctx'];

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterAll(() => harness.close());

/** A document of one page that names one picture, beside which a lost attempt has left another. */
async function documentWithStray() {
  const { documentId, pages: rows } = await processingDocument(ctx, 1);
  const [named = '', stray = ''] = ['kept', 'lost'].map((attempt) =>
    attemptKey(documentId, 1, attempt, 'image.jpg'),
  );
  for (const key of [named, stray]) await ctx.storage.put(key, 'picture', 'image/jpeg');
  await ctx.db
    .update(pages)
    .set({ imageKey: named })
    .where(eq(pages.id, rows[0]?.id ?? ''));
  return { documentId, named, source: `${documentPrefix(documentId)}source` };
}

const keysOf = (documentId: string) => ctx.storage.list(documentPrefix(documentId));

test('what no row names is removed once the document has ended, and not before', async () => {
  const { documentId, named, source } = await documentWithStray();
  expect(await tidyDocument({ ctx, input: { documentId } })).toBe(0);
  await cancelDocument({ ctx, input: { documentId } });
  expect(await tidyDocument({ ctx, input: { documentId } })).toBe(1);
  expect(await keysOf(documentId)).toEqual([named, source]);
});

test('nothing of a page that is to be read again is touched', async () => {
  const { documentId } = await documentWithStray();
  await cancelDocument({ ctx, input: { documentId } });
  await ctx.db.update(pages).set({ status: 'processing' }).where(eq(pages.documentId, documentId));
  expect(await tidyDocument({ ctx, input: { documentId } })).toBe(0);
  expect(await keysOf(documentId)).toHaveLength(3);
});

test('nothing is left of a document that was deleted', async () => {
  const { documentId } = await documentWithStray();
  await removeDocument({ ctx, input: { documentId } });
  expect(await ctx.db.select().from(documents).where(eq(documents.id, documentId))).toEqual([]);
  expect(await tidyDocument({ ctx, input: { documentId } })).toBe(3);
  expect(await keysOf(documentId)).toEqual([]);
});
