import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { events, pages } from '#db/schema/index.ts';
import { getDocument } from '../documents/get.ts';
import { layoutText } from '../pages/layout.ts';
import { listPages } from '../pages/list.ts';
import { readLayout } from '../pages/stored-layout.ts';
import { countJobs, type Harness, startHarness } from '../testing/harness.ts';
import { readDocumentOf } from '../testing/read-document.ts';
import { applyCorrections } from './apply.ts';
import { correctWords } from './correct.ts';
import { findDoubts } from './doubts.ts';
import { activeCorrections } from './internal.ts';
import { listCorrections } from './list.ts';
import { undoCorrection } from './undo.ts';

let harness: Harness;
let ctx: Harness['ctx'];

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterAll(() => harness.close());

async function pageOf(documentId: string, number = 1) {
  const where = and(eq(pages.documentId, documentId), eq(pages.number, number));
  const [row] = await ctx.db.select().from(pages).where(where);
  if (!row) throw new Error('no such page');
  return row;
}

/** Edits one word of the first page, as the viewer does. */
async function edit(documentId: string, first: number, shown: string, text: string) {
  const layout = (await pageOf(documentId)).layoutKey?.split('/').at(-2) ?? '';
  return correctWords({
    ctx,
    input: { documentId, page: 1, layout, first, count: 1, shown, text },
  });
}

test('a correction changes the text of the page, keeps what was read, and is told to watchers', async () => {
  const { documentId } = await readDocumentOf(ctx, 'The qnick fox');
  const before = await pageOf(documentId);
  const seq = (await getDocument({ ctx, input: { documentId } })).seq;
  await edit(documentId, 1, 'qnick', 'quick');
  const after = await pageOf(documentId);
  expect(after).toMatchObject({ text: 'The quick fox', layoutKey: before.layoutKey });
  expect(layoutText(await readLayout(ctx.storage, after.layoutKey ?? ''))).toBe('The qnick fox');
  const changed = await listPages({ ctx, input: { documentId, after: seq } });
  expect(changed.map(({ number }) => number)).toEqual([1]);
  const told = await ctx.db.select().from(events).where(eq(events.documentId, documentId));
  expect(told.at(-1)).toMatchObject({ type: 'page.corrected', data: { page: 1 } });
});

test('who, when and the old text are kept, also of what was replaced and taken back', async () => {
  const { documentId } = await readDocumentOf(ctx, 'The qnick fox');
  await edit(documentId, 1, 'qnick', 'quack');
  const second = await edit(documentId, 1, 'quack', 'quick');
  const history = async () =>
    (await listCorrections({ ctx, input: { documentId, page: 1 } })).map(
      ({ oldText, newText, state, author }) => [oldText, newText, state, author],
    );
  expect(await history()).toEqual([
    ['qnick', 'quack', 'replaced', ctx.ownerId],
    ['qnick', 'quick', 'active', ctx.ownerId],
  ]);
  await undoCorrection({ ctx, input: { documentId, correctionId: second.id } });
  expect((await history()).map(([, , state]) => state)).toEqual(['active', 'undone']);
  expect((await pageOf(documentId)).text).toBe('The quack fox');
  const again = undoCorrection({ ctx, input: { documentId, correctionId: second.id } });
  await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('many corrections ask once for the outputs to be written anew', async () => {
  const { documentId } = await readDocumentOf(ctx, 'The qnick fox');
  await edit(documentId, 1, 'qnick', 'quick');
  await edit(documentId, 2, 'fox', 'dog');
  expect(await countJobs(ctx, documentId, 'document.rewrite')).toBe(1);
});

describe('refused', () => {
  test('for words that another tab has changed, and for a page that was read anew', async () => {
    const { documentId } = await readDocumentOf(ctx, 'The qnick fox');
    await edit(documentId, 1, 'qnick', 'quick');
    await expect(edit(documentId, 1, 'qnick', 'quack')).rejects.toMatchObject({ code: 'CONFLICT' });
    const input = { documentId, page: 1, layout: 'another', first: 0, count: 1, shown: 'The' };
    const stale = correctWords({ ctx, input: { ...input, text: 'A' } });
    await expect(stale).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test("for somebody else's page", async () => {
    const { documentId, layouts } = await readDocumentOf(ctx, 'The qnick fox');
    const other = await harness.otherOwner();
    const input = { documentId, page: 1, layout: layouts[0] ?? '', first: 0, count: 1 };
    const theirs = correctWords({ ctx: other, input: { ...input, shown: 'The', text: 'A' } });
    await expect(theirs).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('two that arrive at once do not both count', async () => {
    const { documentId } = await readDocumentOf(ctx, 'The qnick fox');
    const both = await Promise.allSettled([
      edit(documentId, 1, 'qnick', 'quick'),
      edit(documentId, 1, 'qnick', 'quack'),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

test('doubtful words are counted by page until someone has looked at them', async () => {
  const { documentId } = await readDocumentOf(ctx, 'The qnick fox', 'all well');
  const doubts = () => findDoubts({ ctx, input: { documentId, threshold: 75 } });
  expect((await doubts()).pages).toEqual([
    { number: 1, words: 1 },
    { number: 2, words: 1 },
  ]);
  await edit(documentId, 2, 'fox', 'fox');
  expect((await doubts()).pages).toEqual([{ number: 2, words: 1 }]);
  expect((await doubts()).confidences.slice(19)).toEqual([3, 1]);
  const everything = await findDoubts({ ctx, input: { documentId, threshold: 100 } });
  expect(everything.pages).toEqual([
    { number: 1, words: 2 },
    { number: 2, words: 2 },
  ]);
});

test('what the page holds is what its corrections make of its layout', async () => {
  const { documentId } = await readDocumentOf(ctx, 'The qnick fox');
  await edit(documentId, 1, 'qnick', 'quick');
  const page = await pageOf(documentId);
  const active = await activeCorrections(ctx.db, page.id);
  const layout = await readLayout(ctx.storage, page.layoutKey ?? '');
  expect(page.text).toBe(layoutText(applyCorrections(layout, active)));
});
