import { expectAccessible } from './support/accessibility.ts';
import { scan } from './support/files.ts';
import { uploadAndOpen, waitUntilDone } from './support/journey.ts';
import { expect, test } from './support/test.ts';
import { doubtEverything } from './support/words.ts';

test('doubtful words are gone through by keyboard alone, over pages, to the end', async ({
  page,
  fanfold,
}) => {
  await doubtEverything(page);
  const file = await scan('reviewed', 2, 0);
  const [first, last] = file.tokens as [string, string];
  const documentId = await uploadAndOpen(page, file);
  await waitUntilDone(page);
  await page.getByRole('link', { name: 'Review' }).click();
  await expect(page).toHaveURL(/\/review$/);

  const field = page.getByRole('textbox');
  const left = page.getByRole('main').getByText(/doubtful words? left/);
  await expect(field).toHaveValue('This');
  await expect(page.getByAltText('The word on page 1')).toBeVisible();
  await expect(left).toHaveText('12 doubtful words left');
  await expectAccessible(page);

  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('page');
  await page.keyboard.press('ArrowRight');
  await expect(field).toHaveValue('holds');
  await page.keyboard.press('ArrowLeft');
  await expect(field).toHaveValue('page');
  await page.keyboard.type('paper');
  await page.keyboard.press('Enter');
  for (const word of ['holds', 'the', 'word', first, 'This', 'page', 'holds', 'the', 'word']) {
    await expect(field).toHaveValue(word);
    await page.keyboard.press('Enter');
  }
  await expect(field).toHaveValue(last);
  await expect(left).toHaveText('1 doubtful word left');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No doubtful word is left' })).toBeVisible();
  await expectAccessible(page);

  const { text } = await fanfold.client.pages.text.query({ documentId, page: 1 });
  expect(text.split(/\s+/)).toEqual(['This', 'paper', 'holds', 'the', 'word', first]);
});
