import { scanWithHugePage } from './support/files.ts';
import { READING, rowOf, stateOf, textOf, tileOf, uploadAndOpen } from './support/journey.ts';
import { expect, test } from './support/test.ts';

const REASON = 'The page is larger than can be rendered.';

test('a page that cannot be read says why and leaves the others alone', async ({ page }) => {
  const file = await scanWithHugePage('poisoned', 3, 2);
  await uploadAndOpen(page, file);
  await expect(stateOf(page, 'Done, with gaps')).toBeVisible({ timeout: READING });

  await expect(page.getByText('1 page of 3 could not be read')).toBeVisible();
  await expect(tileOf(page, 2, `failed: ${REASON}`)).toBeVisible();
  await expect(textOf(page, 2)).toContainText(REASON);
  await expect(textOf(page, 1)).toContainText(file.tokens[0] as string);
  await expect(textOf(page, 3)).toContainText(file.tokens[2] as string);

  await tileOf(page, 2).click();
  await expect(page.getByRole('alert').filter({ hasText: REASON })).toContainText('PAGE_TOO_LARGE');
  await page.getByRole('button', { name: 'Close the page' }).click();
  await page.goto('/');
  await expect(rowOf(page, file.name)).toContainText('Done, with gaps');
});

test('a failed page can be tried again', async ({ page, fanfold }) => {
  const file = await scanWithHugePage('tried again', 2, 2);
  const documentId = await uploadAndOpen(page, file);
  await expect(stateOf(page, 'Done, with gaps')).toBeVisible({ timeout: READING });
  const attempts = async () => {
    const pages = await fanfold.client.pages.list.query({ documentId });
    return pages.map((one) => `${one.status} ${one.attempts}`);
  };
  expect(await attempts()).toEqual(['completed 1', 'failed 1']);

  await page.getByRole('button', { name: 'Read page 2 again' }).click();
  await expect.poll(attempts, { timeout: READING }).toEqual(['completed 1', 'failed 2']);
  await expect(stateOf(page, 'Done, with gaps')).toBeVisible({ timeout: READING });

  await page.getByRole('button', { name: 'Retry failed pages' }).click();
  await expect.poll(attempts, { timeout: READING }).toEqual(['completed 1', 'failed 3']);
  await expect(stateOf(page, 'Done, with gaps')).toBeVisible({ timeout: READING });
});
