import type { Locator, Page } from '@playwright/test';
import { scan } from './support/files.ts';
import { READING, stateOf } from './support/journey.ts';
import { expect, test } from './support/test.ts';
import { doubtEverything } from './support/words.ts';

/** More stops than any page has before what is looked for. */
const MOST_STOPS = 40;

test('from a file to its reviewed text by keyboard alone', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await doubtEverything(page);
  const file = await scan('by keys alone', 1, 0);
  await page.goto('/');

  await tabTo(page, page.getByRole('button', { name: 'Choose files' }));
  const dialog = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await dialog).setFiles([file]);
  await tabTo(page, page.getByRole('link', { name: file.name }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: file.name })).toBeVisible();
  await expect(stateOf(page, 'Done')).toBeVisible({ timeout: READING });

  await tabTo(page, page.getByRole('link', { name: 'Review' }));
  await page.keyboard.press('Enter');
  const field = page.getByLabel(/^Read with/);
  await expect(field).toBeFocused();
  await page.keyboard.type('Those');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('page');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('holds');
  await tabTo(page, page.getByRole('button', { name: 'Undo' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: /^See it/ })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'Skip' })).toBeFocused();
  await tabTo(page, page.getByRole('link', { name: 'Back to the document' }));
  await page.keyboard.press('Enter');

  await tabTo(page, page.getByRole('button', { name: 'Download' }));
  await page.keyboard.press('Enter');
  const text = page.getByRole('menuitem', { name: /^Text \d/ });
  await expect(text).toBeVisible();
  const download = page.waitForEvent('download');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[role="menuitem"]:focus')).toBeVisible();
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toMatch(/^by keys alone .*\.txt$/);
});

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  const stops: string[] = [];
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    stops.push(await focusOf(page));
  }
  throw new Error(`Tab does not come to ${wanted}, but to ${stops.join(', ')}`);
}

function focusOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: element } = document;
    const label = element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    return `${element?.localName} “${label.slice(0, 40)}”`;
  });
}
