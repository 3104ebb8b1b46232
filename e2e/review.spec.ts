import { expectAccessible } from './support/accessibility.ts';
import { scan } from './support/files.ts';
import { uploadAndOpen, waitUntilDone } from './support/journey.ts';
import { expect, test } from './support/test.ts';
import { doubtEverything, openWords, typeOver, wordIn } from './support/words.ts';

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

test.describe('a word that somebody else decides', () => {
  test.use({ provoked: [/409 .*corrections\.correct/] });

  test('stays with what is being typed for it', async ({ page, context }) => {
    await doubtEverything(page);
    const file = await scan('reviewed by two', 1, 0);
    const documentId = await uploadAndOpen(page, file);
    await waitUntilDone(page);
    const other = await context.newPage();
    await openWords(other, documentId, 1, 'This');
    await page.getByRole('link', { name: 'Review' }).click();
    const field = page.getByRole('textbox');
    await expect(field).toHaveValue('This');

    await page.keyboard.type('Tha');
    await typeOver(other, wordIn(other, 'This'), 'These');
    await other.keyboard.press('Enter');
    await expect(page.getByText('5 doubtful words left')).toBeVisible();
    await expect(field).toHaveValue('Tha');
    await page.keyboard.type('t');
    await page.keyboard.press('Enter');
    await expect(page.getByText('“That” was not saved')).toBeVisible();
    await expect(field).toHaveValue('page');
  });
});
