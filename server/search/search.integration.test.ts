import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents, pages, searchWords } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import { listDocuments } from '../documents/list.ts';
import { removeDocument } from '../documents/remove.ts';
import { listDocumentsSchema } from '../documents/schemas.ts';
import { listTags } from '../documents/tags.ts';
import { updateDocument } from '../documents/update.ts';
import { type Harness, startHarness } from '../testing/harness.ts';
import { readDocumentOf } from '../testing/read-document.ts';
import { type PageHits, searchPages } from './pages.ts';
import { searchPagesSchema } from './schemas.ts';
import { collectWords, pruneWords } from './words.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

test('finds words by their stem, without case and accents, in the languages of the document', async () => {
  const ctx = await harness.otherOwner();
  const english = await readTexts(ctx, 'eng', 'The invoices were paid in March.');
  const spanish = await readTexts(ctx, 'spa', 'Las facturas del año pasado');
  expect(found(await search(ctx, 'INVOICE paid'))).toEqual([[english, 1]]);
  expect(found(await search(ctx, 'factura ano'))).toEqual([[spanish, 1]]);
  expect(found(await search(ctx, 'elephant'))).toEqual([]);
});

test('finds pages by the language that was found on them, of a document that named none', async () => {
  const ctx = await harness.otherOwner();
  const id = await readTexts(ctx, 'auto', 'Las facturas del año pasado', 'Die Rechnungen');
  const read = (page: number, language: string) => sql`
    update pages set text = text, languages = ${JSON.stringify([language])}::jsonb
    where document_id = ${id} and number = ${page}`;
  await ctx.db.execute(read(1, 'spa'));
  await ctx.db.execute(read(2, 'deu'));
  await ctx.db
    .update(documents)
    .set({ foundLanguages: ['deu', 'spa'] })
    .where(eq(documents.id, id));
  expect(found(await search(ctx, 'factura'))).toEqual([[id, 1]]);
  expect(found(await search(ctx, 'Rechnung'))).toEqual([[id, 2]]);
  expect(await listed(ctx, { language: 'deu' })).toEqual([id]);
  expect(await listed(ctx, { language: 'fra' })).toEqual([]);
});

test('knows phrases, exclusions, alternatives and beginnings of words', async () => {
  const ctx = await harness.otherOwner();
  const id = await readTexts(ctx, 'eng', 'net total due', 'total net draft', 'warehouse receipt');
  const pagesOf = async (query: string) =>
    found(await search(ctx, query))
      .map(([document, page]) => (document === id ? page : 0))
      .sort();
  expect(await pagesOf('"net total"')).toEqual([1]);
  expect(await pagesOf('total -draft')).toEqual([1]);
  expect(await pagesOf('draft or warehouse')).toEqual([2, 3]);
  expect(await pagesOf('wareh*')).toEqual([3]);
  expect(await pagesOf('rec* wareh*')).toEqual([3]);
  expect(await pagesOf('the')).toEqual([]);
  expect(await pagesOf(`'); & ! | <-> :* \\`)).toEqual([]);
});

test('shows what was found in its sentence', async () => {
  const ctx = await harness.otherOwner();
  await readTexts(ctx, 'eng', 'A letter\nabout <b>leases</b> & rents');
  const { hits } = await search(ctx, 'lease');
  expect(hits[0]?.snippet.map(({ text }) => text).join('')).toBe(
    'letter about <b>leases</b> & rents',
  );
  expect(hits[0]?.snippet.filter(({ hit }) => hit)).toEqual([{ text: 'leases', hit: true }]);
});

test('searches for the nearest word where one was mistyped, and says so', async () => {
  const ctx = await harness.otherOwner();
  const id = await readTexts(ctx, 'eng', 'An agreement between the parties');
  await collectWords({ ctx, input: { documentId: id } });
  const result = await search(ctx, 'agrement partys');
  expect(result.corrected).toBe('agreement parties');
  expect(found(result)).toEqual([[id, 1]]);
  expect((await search(ctx, 'agreement')).corrected).toBeNull();
  expect((await search(ctx, 'teh parites')).corrected).toBe('teh parties');
});

test('forgets the words of documents that are gone, and no others', async () => {
  const ctx = await harness.otherOwner();
  const gone = await readTexts(ctx, 'eng', 'confidential merger');
  const kept = await readTexts(ctx, 'eng', 'merger announced');
  for (const documentId of [gone, kept]) await collectWords({ ctx, input: { documentId } });
  await removeDocument({ ctx, input: { documentId: gone } });
  await pruneWords({ ctx });
  const words = await ctx.db.select().from(searchWords).where(eq(searchWords.ownerId, ctx.ownerId));
  expect(words.map(({ word }) => word).sort()).toEqual(['announced', 'merger']);
});

test('finds no page of another owner, and only those that the filter leaves', async () => {
  const ctx = await harness.otherOwner();
  const other = await harness.otherOwner();
  const first = await readTexts(ctx, 'eng', 'quarterly figures');
  const second = await readTexts(ctx, 'eng', 'quarterly outlook');
  await readTexts(other, 'eng', 'quarterly secrets');
  await updateDocument({ ctx, input: { documentId: second, tags: ['board'] } });
  expect(await search(ctx, 'quarterly')).toMatchObject({ total: 2, atLeast: false });
  expect(found(await search(ctx, 'quarterly', { tag: 'board' }))).toEqual([[second, 1]]);
  expect(found(await search(ctx, 'quarterly', { documentId: first }))).toEqual([[first, 1]]);
  expect((await search(ctx, 'quarterly', { language: 'deu' })).total).toBe(0);
  expect((await search(ctx, 'quarterly', { states: ['FAILED'] })).total).toBe(0);
});

test('takes words apart at slashes and brackets, and joins those that a line end divides', async () => {
  const ctx = await harness.otherOwner();
  const id = await readTexts(ctx, 'eng', 'terms/conditions a<b inter-\nnational x>y apply');
  for (const query of ['conditions', 'terms/conditions', 'international', 'apply', 'a<b']) {
    expect([query, found(await search(ctx, query))]).toEqual([query, [[id, 1]]]);
  }
});

test('gives every page once over several requests', async () => {
  const ctx = await harness.otherOwner();
  const texts = Array.from({ length: 7 }, (_, index) => `chapter number ${index}`);
  await readTexts(ctx, 'eng', ...texts);
  const seen: number[] = [];
  let cursor: number | null = null;
  do {
    const result: PageHits = await search(ctx, 'chapter', { limit: 3, cursor });
    seen.push(...result.hits.map(({ page }) => page));
    cursor = result.nextCursor;
  } while (cursor !== null);
  expect(seen.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('a page with more text than the index holds is found by its beginning', async () => {
  const ctx = await harness.otherOwner();
  const id = await readTexts(ctx, 'eng', 'a short page');
  const words = Array.from({ length: 120_000 }, (_, index) => `é${index.toString(36)}`);
  await ctx.db
    .update(pages)
    .set({ text: `beginning ${words.join(' ')}` })
    .where(eq(pages.documentId, id));
  expect(found(await search(ctx, 'beginning'))).toEqual([[id, 1]]);
});

test('documents are listed by title and tags, in each order, page by page', async () => {
  const ctx = await harness.otherOwner();
  const ids = [];
  for (const title of ['beta', 'Alpha', 'gamma']) {
    const documentId = await readTexts(ctx, 'eng', title);
    await updateDocument({ ctx, input: { documentId, title, tags: ['greek', title] } });
    ids.push(documentId);
  }
  const [beta, alpha, gamma] = ids;
  expect(await listed(ctx, { sort: 'name' })).toEqual([alpha, beta, gamma]);
  expect(await listed(ctx, { sort: 'oldest' })).toEqual([beta, alpha, gamma]);
  expect(await listed(ctx, { name: 'ALPH' })).toEqual([alpha]);
  expect(await listed(ctx, { name: '%' })).toEqual([]);
  expect(await listed(ctx, { tag: 'gamma' })).toEqual([gamma]);
  expect((await listTags({ ctx }))[0]).toEqual({ tag: 'greek', documents: 3 });
});

/** A document in this language that has been read, with one page for each text. */
async function readTexts(ctx: Context, language: string, ...texts: string[]): Promise<string> {
  const { documentId } = await readDocumentOf(ctx, ...texts);
  await ctx.db
    .update(documents)
    .set({ options: sql`jsonb_set(options, '{languages}', ${JSON.stringify([language])}::jsonb)` })
    .where(eq(documents.id, documentId));
  await ctx.db.execute(
    sql`update pages set text = text, languages = null where document_id = ${documentId}`,
  );
  return documentId;
}

function search(ctx: Context, query: string, more: object = {}): Promise<PageHits> {
  return searchPages({ ctx, input: searchPagesSchema.parse({ query, ...more }) });
}

function found({ hits }: PageHits): [string, number][] {
  return hits.map(({ documentId, page }) => [documentId, page]);
}

async function listed(ctx: Context, input: object): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const parsed = listDocumentsSchema.parse({ ...input, limit: 2, cursor });
    const page = await listDocuments({ ctx, input: parsed });
    ids.push(...page.documents.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  return ids;
}
