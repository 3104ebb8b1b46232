import { expect, type Locator, type Page } from '@playwright/test';
import type { TestDocument, TestFile } from './files.ts';

/** Milliseconds in which a document of a few pages is read, also on a busy machine. */
export const READING = 150_000;

/** Gives files to the dialog that "Choose files" opens. */
export async function chooseFiles(page: Page, ...files: TestFile[]): Promise<void> {
  const dialog = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await dialog).setFiles(files);
}

/** A document in the list, or a file on its way to become one. */
export function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole('list', { name: 'Documents' })
    .getByRole('listitem')
    .filter({ hasText: name });
}

/** Opens a document of the list and resolves to its id. */
export async function openDocument(page: Page, { name }: TestFile): Promise<string> {
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Brings up a file from the list's page and opens what becomes of it. */
export async function uploadAndOpen(page: Page, file: TestFile): Promise<string> {
  await page.goto('/');
  await chooseFiles(page, file);
  return openDocument(page, file);
}

/** The state of the open document, as its badge says it. */
export function stateOf(page: Page, word: string): Locator {
  return page.getByRole('main').getByText(word, { exact: true });
}

export async function waitUntilDone(page: Page): Promise<void> {
  await expect(stateOf(page, 'Done')).toBeVisible({ timeout: READING });
}

/** The pages of the open document that are read or failed, as its progress bar counts them. */
export function progressOf(page: Page): Locator {
  return page.getByRole('main').getByRole('progressbar', { name: 'Pages read' });
}

/** Waits until so many pages of the open document are read. */
export async function waitForPages(page: Page, count: number): Promise<void> {
  const read = async () => Number(await progressOf(page).getAttribute('aria-valuenow'));
  await expect.poll(read, { timeout: READING }).toBeGreaterThanOrEqual(count);
}

/** A tile of the open document, in a state as its label says it: "read with", "failed". */
export function tileOf(page: Page, number: number, state = ''): Locator {
  return page
    .getByRole('list', { name: 'Pages' })
    .getByRole('button', { name: new RegExp(`^Page ${number}, ${state}`) });
}

/** The text of a page in the column beside the tiles. */
export function textOf(page: Page, number: number): Locator {
  return page
    .getByRole('region', { name: 'Text' })
    .getByRole('article', { name: `Page ${number}`, exact: true });
}

/** Opens one page after the other: each shows its own word and no other's. */
export async function expectPages(page: Page, { tokens }: TestDocument): Promise<void> {
  for (const [index, token] of tokens.entries()) {
    await tileOf(page, index + 1).click();
    const opened = page.getByRole('region', { name: `Page ${index + 1}`, exact: true });
    await expect(opened).toContainText(token);
    for (const other of tokens.filter((word) => word !== token)) {
      await expect(opened).not.toContainText(other);
    }
  }
}
