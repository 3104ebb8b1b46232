import type { Page } from '@playwright/test';
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

  await tabTo(page, 'Choose files');
  const dialog = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await dialog).setFiles([file]);
  await expect(page.getByRole('link', { name: file.name })).toBeVisible();
  await tabTo(page, file.name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: file.name })).toBeVisible();
  await expect(stateOf(page, 'Done')).toBeVisible({ timeout: READING });

  await tabTo(page, 'Review');
  await page.keyboard.press('Enter');
  const field = page.getByLabel(/^Read with/);
  await expect(field).toBeFocused();
  await page.keyboard.type('Those');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('page');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('holds');
  await tabTo(page, 'Back to the document');
  await page.keyboard.press('Enter');

  await tabTo(page, 'Download');
  await page.keyboard.press('Enter');
  const text = page.getByRole('menuitem', { name: /^Text \d/ });
  await expect(text).toBeVisible();
  const download = page.waitForEvent('download');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[role="menuitem"]:focus')).toBeVisible();
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toMatch(/^by keys alone .*\.txt$/);
});

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const { activeElement: element } = document;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    });
    if (focused === name) return;
  }
  throw new Error(`Tab does not come to “${name}”`);
}
