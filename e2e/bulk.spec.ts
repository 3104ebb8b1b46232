import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import yauzl from 'yauzl';
import { expectAccessible } from './support/accessibility.ts';
import { digital, type TestFile } from './support/files.ts';
import { chooseFiles, READING, rowOf } from './support/journey.ts';
import { expect, test } from './support/test.ts';

test('documents are selected by mouse and keyboard, and downloaded as one archive', async ({
  page,
}) => {
  const files = await Promise.all(['one', 'two', 'three'].map((name) => digital(name, 1)));
  await page.goto('/');
  await chooseFiles(page, ...files);
  for (const { name } of files) {
    await expect(rowOf(page, name).getByText('Done')).toBeVisible({ timeout: READING });
  }
  const boxes = files.map(({ name }) => page.getByRole('checkbox', { name: `Select ${name}` }));
  const bar = page.getByRole('region', { name: 'Selected documents' });
  const names = await page.getByRole('link', { name: /^(one|two|three) / }).allInnerTexts();
  const inOrder = names.map((name) => page.getByRole('checkbox', { name: `Select ${name}` }));
  await inOrder[0]?.click();
  await inOrder[2]?.click({ modifiers: ['Shift'] });
  await expect(bar.getByText('3 selected')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();

  await boxes[0]?.focus();
  await page.keyboard.press('Space');
  await boxes[1]?.focus();
  await page.keyboard.press('Space');
  await expect(bar.getByText('2 selected')).toBeVisible();
  await bar.getByRole('button', { name: 'Download' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Markdown' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/^fanfold-\d{4}-\d\d-\d\d\.zip$/);
  const zip = await yauzl.fromBufferPromise(await readFile(await saved.path()));
  const found: string[] = [];
  for await (const entry of zip.eachEntry()) found.push(entry.fileName);
  const wanted = files.slice(0, 2).map(({ name }) => name.replace('.pdf', '.md'));
  expect(found.sort()).toEqual(['manifest.json', ...wanted].sort());
});

test('selected documents get a tag at once, and are deleted until one thinks again', async ({
  page,
  fanfold,
}) => {
  const files = await Promise.all(['to tag', 'to tag too'].map((name) => digital(name, 1)));
  const bar = await uploadAndSelect(page, files);
  await bar.getByRole('button', { name: 'Add a tag' }).click();
  await expect(bar.getByRole('textbox', { name: 'Add a tag' })).toBeFocused();
  await page.keyboard.type('board');
  await page.keyboard.press('Enter');
  await expect(page.getByText('“board” added to 2 documents')).toBeVisible();
  for (const { name } of files) await expect(rowOf(page, name)).toContainText('board');

  await bar.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Deleted 2 documents')).toBeVisible();
  for (const { name } of files) await expect(rowOf(page, name)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  for (const { name } of files) await expect(rowOf(page, name)).toBeVisible();
  const { documents } = await fanfold.client.documents.list.query({ tag: 'board' });
  expect(documents.map(({ fileName }) => fileName).sort()).toEqual(
    files.map(({ name }) => name).sort(),
  );
});

test('what was deleted is gone, also where the page is left at once', async ({ page, fanfold }) => {
  const files = await Promise.all(['to leave', 'to leave too'].map((name) => digital(name, 1)));
  const bar = await uploadAndSelect(page, files);
  await bar.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Deleted 2 documents')).toBeVisible();
  // Past what waits until React listens to the page.
  await page.evaluate(() => location.assign('about:blank'));
  const left = async () =>
    (await fanfold.client.documents.list.query({ name: 'to leave' })).documents.length;
  await expect.poll(left).toBe(0);
});

/** Brings up files, selects what becomes of them and resolves to what can be done with it. */
async function uploadAndSelect(page: Page, files: TestFile[]): Promise<Locator> {
  await page.goto('/');
  await chooseFiles(page, ...files);
  for (const { name } of files) {
    await expect(rowOf(page, name).getByText('Done')).toBeVisible({ timeout: READING });
    await page.getByRole('checkbox', { name: `Select ${name}` }).click();
  }
  return page.getByRole('region', { name: 'Selected documents' });
}
