import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pages } from '#db/schema/index.ts';
import { tidyDocument } from '../documents/tidy.ts';
import { detailKey } from '../storage/keys.ts';
import { countJobs, type Harness, startHarness } from '../testing/harness.ts';
import { readDocumentOf } from '../testing/read-document.ts';
import { enlargePage } from './enlarge.ts';

let harness: Harness;
let ctx: Harness['ctx'];

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterAll(() => harness.close());

test('the large picture of a page is drawn once, and then kept', async () => {
  const { documentId } = await readDocumentOf(ctx, 'some text');
  const ask = () => enlargePage({ ctx, input: { documentId, page: 1 } });
  await expect(ask()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const imageKey = `documents/${documentId}/pages/1/a/image.jpg`;
  await ctx.storage.put(imageKey, 'small', 'image/jpeg');
  await ctx.db.update(pages).set({ imageKey }).where(eq(pages.documentId, documentId));

  expect(await ask()).toEqual({ url: null });
  expect(await ask()).toEqual({ url: null });
  expect(await countJobs(ctx, documentId, 'page.enlarge')).toBe(1);
  await ctx.storage.put(detailKey(imageKey), 'large', 'image/jpeg');
  await tidyDocument({ ctx, input: { documentId } });
  const { url } = await ask();
  expect(await (await fetch(url ?? '')).text()).toBe('large');
});
