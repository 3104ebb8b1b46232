import { randomBytes } from 'node:crypto';
import { expectAccessible } from './support/accessibility.ts';
import { digital } from './support/files.ts';
import { READING, stateOf, uploadAndOpen } from './support/journey.ts';
import { expect, test } from './support/test.ts';

test('what was read is found by its words, under the name and the tags that it was given', async ({
  page,
}) => {
  const mark = randomBytes(4).toString('hex');
  const file = await digital(`to be found ${mark}`, 3);
  const documentId = await uploadAndOpen(page, file);
  await expect(stateOf(page, 'Done')).toBeVisible({ timeout: READING });

  await page.getByRole('button', { name: 'Change the title and tags' }).click();
  await expect(page.getByLabel('Title')).toHaveValue(file.name);
  await page.keyboard.type(`Minutes ${mark}`);
  await page.getByLabel('Tags').fill(`board, ${mark}`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: `Minutes ${mark}` })).toBeVisible();

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type(`${file.tokens[1]?.toLowerCase()}`);
  await page.keyboard.press('Enter');
  const pages = page.getByRole('list', { name: 'Pages' });
  await expect(pages.getByRole('listitem')).toHaveCount(1);
  await expect(pages.getByRole('link')).toHaveText(new RegExp(`Minutes ${mark}\\s*page 2`));
  await expect(pages.locator('mark')).toHaveText([file.tokens[1] as string]);
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Search all documents' }).click();
  await page.getByRole('button', { name: /^Filter by tag/ }).click();
  await page.getByRole('menuitemradio', { name: mark }).click();
  await expect(pages.getByRole('listitem')).toHaveCount(1);
  await pages.getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/documents/${documentId}\\?page=2`));
  await expect(page.getByRole('region', { name: 'Page 2', exact: true })).toBeVisible();
});
