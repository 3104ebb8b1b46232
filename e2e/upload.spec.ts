import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import type { Layout } from '#server/pages/layout.ts';
import { occurrences, scan } from './support/files.ts';
import {
  chooseFiles,
  openDocument,
  rowOf,
  textOf,
  tileOf,
  waitUntilDone,
} from './support/journey.ts';
import { expect, test } from './support/test.ts';

test('a scan is uploaded, read page by page, downloaded and deleted', async ({ page, fanfold }) => {
  const file = await scan('journey', 3);
  await page.goto('/');
  await chooseFiles(page, file);
  await expect(rowOf(page, file.name)).toBeVisible();
  const documentId = await openDocument(page, file);

  await test.step('every page is done and shows its own word', async () => {
    await waitUntilDone(page);
    for (const [index, token] of file.tokens.entries()) {
      const number = index + 1;
      await expect(tileOf(page, number, 'read with \\d+% confidence')).toBeVisible();
      await expect(textOf(page, number)).toContainText(token);
      for (const other of file.tokens.filter((word) => word !== token)) {
        await expect(textOf(page, number)).not.toContainText(other);
      }
    }
  });

  await test.step('a page shows its picture beside its text', async () => {
    await tileOf(page, 2).click();
    const opened = page.getByRole('region', { name: 'Page 2', exact: true });
    await expect(opened.getByText(file.tokens[1] as string).first()).toBeVisible();
    const picture = opened.getByRole('img', { name: 'Page 2 as it was scanned' });
    await expect(picture).toHaveJSProperty('complete', true);
    await expect(picture).not.toHaveJSProperty('naturalWidth', 0);
    await page.getByRole('button', { name: 'Close the page' }).click();
  });

  await test.step('the text has a form feed between pages and the words in order', async () => {
    const download = await downloadAs(page, 'Text');
    expect(download.suggestedFilename()).toBe(file.name.replace(/pdf$/, 'txt'));
    const pages = (await contentOf(download)).split('\f');
    expect(pages.map((text) => occurrences(text, file.tokens))).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  await test.step('the JSON has a place and a confidence for every word', async () => {
    const download = await downloadAs(page, 'JSON');
    const { pages, pageCount } = JSON.parse(await contentOf(download)) as {
      pageCount: number;
      pages: Layout[];
    };
    expect(pageCount).toBe(3);
    for (const [index, layout] of pages.entries()) expectPlaced(layout, file.tokens[index] ?? '');
  });

  await test.step('a deletion can be taken back', async () => {
    await deleteFromList(page, file.name);
    await expect(rowOf(page, file.name)).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(rowOf(page, file.name)).toBeVisible();
    expect(await fanfold.listObjects(`documents/${documentId}/`)).not.toEqual([]);
  });

  await test.step('a deletion takes the document and its objects', async () => {
    await deleteFromList(page, file.name);
    await expect(rowOf(page, file.name)).toHaveCount(0);
    const code = () =>
      fanfold.client.documents.get.query({ documentId }).then(
        () => 'still there',
        (error) => error.data?.fanfold.code,
      );
    await expect.poll(code, { timeout: 60_000 }).toBe('NOT_FOUND');
    const objects = () => fanfold.listObjects(`documents/${documentId}/`);
    await expect.poll(objects, { timeout: 60_000 }).toEqual([]);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
    await expect(rowOf(page, file.name)).toHaveCount(0);
  });
});

async function downloadAs(page: Page, format: 'Text' | 'JSON'): Promise<Download> {
  await page.getByRole('button', { name: 'Download' }).click();
  const download = page.waitForEvent('download');
  // Its name and size; other forms of text have more words.
  await page.getByRole('menuitem', { name: new RegExp(`^${format} \\d`) }).click();
  return download;
}

async function contentOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

function expectPlaced(layout: Layout, token: string): void {
  const words = layout.blocks.flatMap(({ lines }) => lines).flatMap((line) => line.words);
  expect(words.filter(({ text }) => text === token)).toHaveLength(1);
  for (const { box, confidence } of words) {
    const [x0, y0, x1, y1] = box;
    expect(x0).toBeGreaterThanOrEqual(0);
    expect(y0).toBeGreaterThanOrEqual(0);
    expect(x1).toBeGreaterThan(x0);
    expect(y1).toBeGreaterThan(y0);
    expect(x1).toBeLessThanOrEqual(layout.width);
    expect(y1).toBeLessThanOrEqual(layout.height);
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(100);
  }
}

async function deleteFromList(page: Page, name: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: `More actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
}
