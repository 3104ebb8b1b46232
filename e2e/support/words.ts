import { expect, type Locator, type Page } from '@playwright/test';

/** The open page of a document. */
export function openPage(page: Page, number: number): Locator {
  return page.getByRole('region', { name: `Page ${number}`, exact: true });
}

/** The panel with the text of the open page. */
export function textPanel(page: Page): Locator {
  return page.getByRole('tabpanel', { name: 'Text' });
}

/** A word of the open page, in its text. */
export function wordIn(page: Page, text: string): Locator {
  return textPanel(page).locator('[data-segment]').getByText(text, { exact: true });
}

/** The same word on the picture. */
export function wordOn(page: Page, text: string): Locator {
  return page
    .getByRole('region', { name: 'Picture of the page' })
    .locator('[data-segment]')
    .filter({ hasText: text })
    .first();
}

/** Opens a page and waits for its words. */
export async function openWords(page: Page, documentId: string, number: number, word: string) {
  await page.goto(`/documents/${documentId}?page=${number}`);
  await expect(wordIn(page, word)).toBeVisible();
}

/** Opens the editor of a word and types over it; leaves what is typed to be kept or not. */
export async function typeOver(page: Page, word: Locator, text: string): Promise<void> {
  await word.dblclick();
  await expect(page.getByLabel('Text of the word')).toBeFocused();
  await page.keyboard.type(text);
}

/** Words are read too well by these tests' scans to be doubted otherwise. */
export async function doubtEverything(page: Page): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('fanfold.doubtful-below', '100'));
}
