import { expectAccessible } from './support/accessibility.ts';
import { scan } from './support/files.ts';
import { READING, tileOf, uploadAndOpen, waitUntilDone } from './support/journey.ts';
import { expect, test } from './support/test.ts';
import {
  doubtEverything,
  openWords,
  textPanel,
  typeOver,
  wordIn,
  wordOn,
} from './support/words.ts';

test('a word is corrected in its place; text, other tabs and downloads follow; it can be undone', async ({
  page,
  context,
  fanfold,
}) => {
  await doubtEverything(page);
  const file = await scan('corrected', 1, 2);
  const [token] = file.tokens as [string];
  const documentId = await uploadAndOpen(page, file);
  await waitUntilDone(page);
  await openWords(page, documentId, 1, token);
  const second = await context.newPage();
  await openWords(second, documentId, 1, token);

  await wordIn(page, token).click();
  await expect(wordIn(page, token)).toHaveClass(/is-chosen/);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Text of the word')).toBeFocused();
  await page.keyboard.type('ARTICHOKE');
  await page.keyboard.press('Enter');
  await expect(wordIn(page, 'ARTICHOKE')).toBeVisible();
  await expect(wordIn(page, 'ARTICHOKE')).toHaveClass(/is-chosen/);
  await expect(textPanel(page)).toBeFocused();
  await expect(wordOn(page, 'ARTICHOKE')).toBeAttached();
  await expect(wordIn(second, 'ARTICHOKE')).toBeVisible();

  const text = () => downloaded(fanfold.client, documentId);
  await expect.poll(text, { timeout: READING }).toContain('ARTICHOKE');
  expect(await text()).not.toContain(token);

  await page.getByRole('tab', { name: 'Corrections' }).click();
  await page.getByRole('button', { name: 'Undo: ARTICHOKE' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Corrections' })).toContainText('Taken back');
  await expectAccessible(page);
  await page.getByRole('tab', { name: 'Text' }).click();
  await expect(wordIn(page, token)).toBeVisible();
  await expect(wordIn(second, token)).toBeVisible();
  await expect.poll(text, { timeout: READING }).toContain(token);
});

test('Escape leaves a word as it was; Tab saves and goes on; a line is corrected at once', async ({
  page,
}) => {
  await doubtEverything(page);
  const file = await scan('gone through', 1, 0);
  const [token] = file.tokens as [string];
  const documentId = await uploadAndOpen(page, file);
  await waitUntilDone(page);
  await openWords(page, documentId, 1, token);

  await typeOver(page, wordIn(page, token), 'NOTHING');
  await page.keyboard.press('Escape');
  await expect(wordIn(page, token)).toBeVisible();
  await expect(textPanel(page)).toBeFocused();

  await typeOver(page, wordIn(page, 'This'), 'That');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Text of the word')).toHaveValue('page');
  await expect(wordIn(page, 'That')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(wordIn(page, 'page')).toHaveClass(/is-chosen/);
  await page.keyboard.press('l');
  await page.getByLabel('Text of the line').fill('That page holds one word');
  await page.keyboard.press('Enter');
  await expect(textPanel(page)).toContainText('That page holds one word');
});

test('what was typed is kept where the page is left by the way back', async ({ page, fanfold }) => {
  await doubtEverything(page);
  const file = await scan('left behind', 1, 0);
  const [token] = file.tokens as [string];
  const documentId = await uploadAndOpen(page, file);
  await waitUntilDone(page);
  await tileOf(page, 1).click();
  await typeOver(page, wordIn(page, token), 'ARTICHOKE');
  await page.goBack();
  await expect(page.getByRole('region', { name: 'Text', exact: true })).toContainText('ARTICHOKE');
  const { text } = await fanfold.client.pages.text.query({ documentId, page: 1 });
  expect(text).toContain('ARTICHOKE');
});

test('a page is read again beside what it reads, and someone chooses', async ({ page }) => {
  const file = await scan('read again', 1, 2);
  const [token] = file.tokens as [string];
  const documentId = await uploadAndOpen(page, file);
  await waitUntilDone(page);
  await openWords(page, documentId, 1, token);
  await typeOver(page, wordIn(page, token), 'ARTICHOKE');
  await page.keyboard.press('Enter');
  await expect(wordIn(page, 'ARTICHOKE')).toBeVisible();

  const take = page.getByRole('button', { name: 'Take the new' });
  const again = page.getByRole('button', { name: 'Read again' });
  await page.getByRole('tab', { name: 'Read again' }).click();
  await page.getByLabel('Turn clockwise').selectOption('180');
  await again.click();
  await expect(take).toBeVisible({ timeout: READING });
  const changes = page.getByRole('region', { name: 'What would change' });
  await expect(changes.locator('del')).toContainText(['ARTICHOKE']);
  await expectAccessible(page);
  await page.setViewportSize({ width: 1900, height: 900 });
  await expect(page.getByRole('region', { name: 'Now' })).toContainText('ARTICHOKE');
  await expect(page.getByRole('region', { name: 'New', exact: true })).not.toContainText('This');
  await page.getByRole('button', { name: 'Keep what is there' }).press('Enter');

  await page.getByLabel('Resolution, dpi').fill('300');
  await again.press('Enter');
  await expect(take).toBeVisible({ timeout: READING });
  // The same word stands at the same place: what was corrected stays corrected.
  await expect(page.getByRole('region', { name: 'Both read the same' })).toContainText('ARTICHOKE');
  await take.press('Enter');
  await expect(page.getByText('The new reading was taken')).toBeVisible();
  await expect(again).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('textbox', { name: 'Pages' })).toBeFocused();
  await page.getByRole('tab', { name: 'Text' }).click();
  await expect(wordIn(page, 'ARTICHOKE')).toBeVisible();
});

test.describe('what somebody else has changed meanwhile', () => {
  test.use({ provoked: [/409 .*corrections\.correct/] });

  test('a word is not overwritten by one that began before', async ({ page, context }) => {
    await doubtEverything(page);
    const file = await scan('by two', 1, 0);
    const [token] = file.tokens as [string];
    const documentId = await uploadAndOpen(page, file);
    await waitUntilDone(page);
    const other = await context.newPage();
    for (const tab of [page, other]) await openWords(tab, documentId, 1, token);
    const otherMakes = async (from: string, to: string) => {
      await typeOver(other, wordIn(other, from), to);
      await other.keyboard.press('Enter');
      await expect(wordOn(page, to)).toBeAttached();
    };

    await typeOver(page, wordIn(page, token), '');
    await otherMakes(token, 'ARTICHOKE');
    await page.getByRole('heading', { level: 1 }).click();
    await expect(wordIn(page, 'ARTICHOKE')).toBeVisible();

    await typeOver(page, wordIn(page, 'ARTICHOKE'), 'CELERY');
    await otherMakes('ARTICHOKE', 'RADISH');
    await page.keyboard.press('Enter');
    await expect(page.getByText('“CELERY” was not saved')).toBeVisible();
    for (const tab of [page, other]) await expect(wordIn(tab, 'RADISH')).toBeVisible();
  });
});

type Client = import('#client/index.ts').FanfoldClient;

async function downloaded(client: Client, documentId: string): Promise<string> {
  const { url } = await client.documents.download.mutate({ documentId, format: 'txt' });
  return url ? (await fetch(url)).text() : '';
}
