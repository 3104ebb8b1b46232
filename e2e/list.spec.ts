import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { digital } from './support/files.ts';
import type { Installation } from './support/installation.ts';
import { tileOf, uploadAndOpen, waitUntilDone } from './support/journey.ts';
import { expect, test } from './support/test.ts';

/** One more than the list shows at first. */
const COUNT = 26;

test('the list shows 25 documents and loads the older ones when asked', async ({
  page,
  fanfold,
}) => {
  const ids = await announce(fanfold, COUNT);
  await page.goto('/');
  const list = page.getByRole('list', { name: 'Documents' });
  await expect(list.getByRole('listitem')).toHaveCount(25);
  const oldest = page.getByRole('link', { name: `announced 1 ${ids.mark}.pdf` });
  await expect(oldest).toHaveCount(0);

  await page.getByRole('button', { name: 'Load more' }).click();
  await expect(oldest).toBeVisible();
  const names = await list.getByRole('link', { name: ids.mark }).allInnerTexts();
  expect(names.map((name) => Number(name.split(' ')[1]))).toEqual(
    Array.from({ length: COUNT }, (_, index) => COUNT - index),
  );
  for (const documentId of ids.all) await fanfold.client.documents.remove.mutate({ documentId });
  await expect(list.getByRole('link', { name: ids.mark })).toHaveCount(0);
});

test('the file dialog opens by keyboard, and the focus is always to be seen', async ({ page }) => {
  await page.goto('/');
  const choose = page.getByRole('button', { name: 'Choose files' });
  await expect(choose).toBeVisible();
  await expect(page.getByText('Loading the documents')).toHaveCount(0);
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab');
    await expect(page.locator(':focus')).toHaveCount(1);
    expect(await focusIsVisible(page), `stop ${step + 1}`).toBe(true);
    if (await choose.evaluate((button) => button === document.activeElement)) break;
  }
  await expect(choose).toBeFocused();
  const dialog = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  expect((await dialog).isMultiple()).toBe(true);
});

test.describe('while the database is away', () => {
  test.use({ provoked: [/503/] });

  test('a page that was opened says so, and comes by itself once it is back', async ({ page }) => {
    const file = await digital('behind an outage', 1);
    const documentId = await uploadAndOpen(page, file);
    await waitUntilDone(page);
    const sentences = {
      '/': 'The documents could not be loaded',
      [`/documents/${documentId}`]: 'The document could not be loaded',
    };
    for (const [path, sentence] of Object.entries(sentences)) {
      await page.route(/trpc\/.*(list|get)/, (route) => route.fulfill({ status: 503 }));
      await page.goto(path);
      await expect(page.getByText(sentence)).toBeVisible();
      await page.unrouteAll({ behavior: 'wait' });
      await expect(page.getByText(file.name)).toBeVisible();
    }
  });
});

test('arrow keys move among the pages, Enter opens one and Escape closes it', async ({ page }) => {
  await uploadAndOpen(page, await digital('by keyboard', 5));
  await waitUntilDone(page);
  await tileOf(page, 1).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(tileOf(page, 3)).toBeFocused();
  expect(await focusIsVisible(page)).toBe(true);
  await page.keyboard.press('End');
  await expect(tileOf(page, 5)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(tileOf(page, 1)).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Page 1', exact: true })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('region', { name: 'Page 2', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Text', exact: true })).toBeVisible();
  await expect(tileOf(page, 2)).toBeFocused();
});

/** Documents without a file, the last one the newest. */
async function announce({ client }: Installation, count: number) {
  const mark = randomBytes(3).toString('hex');
  const all: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const { document } = await client.documents.create.mutate({
      fileName: `announced ${number} ${mark}.pdf`,
      contentType: 'application/pdf',
      size: 1_000,
      sha256: '0'.repeat(64),
    });
    all.push(document.id);
  }
  return { mark, all };
}

/** Whether the element that has the focus, or what stands for it, has an outline. */
function focusIsVisible(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused) return false;
    return [undefined, '::after'].some((pseudo) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(focused, pseudo);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
    });
  });
}
