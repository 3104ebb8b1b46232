import type { JSHandle, Page } from '@playwright/test';
import { digital, emptyFile, picture, type TestFile, zipNamedPdf } from './support/files.ts';
import {
  chooseFiles,
  openDocument,
  READING,
  rowOf,
  textOf,
  waitUntilDone,
} from './support/journey.ts';
import { expect, test } from './support/test.ts';

test('two files dropped at once are both read', async ({ page }) => {
  const files = await Promise.all([digital('dropped first', 1), digital('dropped second', 2)]);
  await page.goto('/');
  await untilListening(page);
  const carried = await dataTransfer(page, files);

  await page.dispatchEvent('body', 'dragenter', { dataTransfer: carried });
  await expect(page.getByText('Let go to read it')).toBeVisible();
  await page.dispatchEvent('body', 'dragover', { dataTransfer: carried });
  await page.dispatchEvent('body', 'drop', { dataTransfer: carried });
  await expect(page.getByText('Let go to read it')).toBeHidden();
  for (const { name } of files) {
    await expect(rowOf(page, name)).toContainText('Done', { timeout: READING });
  }
});

test('files that are dragged away again leave nothing behind', async ({ page }) => {
  const file = await digital('dragged away', 1);
  await page.goto('/');
  await untilListening(page);
  const carried = await dataTransfer(page, [file]);

  await page.dispatchEvent('body', 'dragenter', { dataTransfer: carried });
  await expect(page.getByText('Let go to read it')).toBeVisible();
  await page.dispatchEvent('body', 'dragleave', { dataTransfer: carried });
  await expect(page.getByText('Let go to read it')).toBeHidden();
  await expect(page.getByText(file.name)).toHaveCount(0);
});

test('a pasted picture is read', async ({ page }) => {
  const { tokens, ...file } = picture('pasted');
  await page.goto('/');
  await untilListening(page);
  const carried = await dataTransfer(page, [file]);

  await carried.evaluate((clipboardData) => {
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  await openDocument(page, file);
  await waitUntilDone(page);
  await expect(textOf(page, 1)).toContainText(tokens[0] as string);
});

test('an archive that is named .pdf is refused by its content', async ({ page }) => {
  const file = zipNamedPdf('archive');
  await page.goto('/');
  await chooseFiles(page, file);
  await expect(rowOf(page, file.name)).toContainText('Failed');
  await expect(rowOf(page, file.name)).toContainText('This kind of file cannot be read.');
  await expect(rowOf(page, file.name).getByRole('button', { name: 'Try again' })).toHaveCount(0);
  await openDocument(page, file);
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
});

test('an empty file is refused with its reason, behind others that still go up', async ({
  page,
}) => {
  const waiting = await Promise.all([digital('on its way', 1), digital('on its way, too', 1)]);
  const file = emptyFile('empty');
  await page.route(/fanfold\/|documents\.create/, (route) =>
    route.request().method() === 'POST' ? new Promise(() => undefined) : route.continue(),
  );
  await page.goto('/');
  await chooseFiles(page, ...waiting, file);
  await expect(rowOf(page, file.name)).toContainText('The file is empty.');
  await page.getByRole('button', { name: `Cancel the upload of ${file.name}` }).click();
  await expect(rowOf(page, file.name)).toHaveCount(0);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

/** Until the page takes files: its documents are asked for once its scripts run. */
async function untilListening(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await expect(page.getByText('Loading the documents')).toHaveCount(0);
}

/** What the browser hands over with a drop or a paste of these files. */
function dataTransfer(page: Page, files: TestFile[]): Promise<JSHandle<DataTransfer>> {
  const given = files.map(({ name, mimeType, buffer }) => ({
    name,
    type: mimeType,
    base64: buffer.toString('base64'),
  }));
  return page.evaluateHandle((list) => {
    const carried = new DataTransfer();
    for (const { name, type, base64 } of list) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      carried.items.add(new File([bytes], name, { type }));
    }
    return carried;
  }, given);
}
