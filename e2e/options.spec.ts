import { expectAccessible, LOOKS } from './support/accessibility.ts';
import { digital, scan } from './support/files.ts';
import { chooseFiles, openDocument, READING, rowOf, stateOf } from './support/journey.ts';
import { expect, test } from './support/test.ts';

test('what is chosen in the options holds for the next files, and can be reset', async ({
  page,
  fanfold,
}) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Options', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'How the next documents are read' });
  await panel.getByLabel('Pages', { exact: true }).fill('7-2');
  await expect(panel.getByText('Write numbers and ranges')).toBeVisible();
  await panel.getByLabel('Pages', { exact: true }).fill('2');
  await panel.getByRole('combobox', { name: 'Quality' }).click();
  await page.getByRole('option', { name: 'Fast, in one pass' }).click();
  await panel.getByLabel('Days to keep it').fill('30');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Options 3 changed' })).toBeVisible();

  const file = await digital('with options', 3);
  await chooseFiles(page, file);
  await expect(rowOf(page, file.name)).toContainText('Done', { timeout: READING });
  const documentId = await openDocument(page, file);
  await expect(page.getByText('1 page asked for of 3')).toBeVisible();
  const document = await fanfold.client.documents.get.query({ documentId });
  expect(document.options).toMatchObject({ pages: '2', quality: 'fast' });

  await page.getByRole('link', { name: 'Fanfold, all documents' }).click();
  await page.getByRole('button', { name: 'Options 3 changed' }).click();
  await panel.getByRole('button', { name: 'Reset' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Options', exact: true })).toBeVisible();
});

test('a document waits for its hour until someone starts it', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Options', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'How the next documents are read' });
  await panel.getByRole('combobox', { name: 'Start' }).click();
  await page.getByRole('option', { name: 'At a set time' }).click();
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await panel.getByLabel('Not before').fill(`${tomorrow}T22:00`);
  await page.keyboard.press('Escape');
  const file = await scan('tomorrow', 1);
  await chooseFiles(page, file);
  await expect(rowOf(page, file.name)).toContainText('Scheduled');
  await openDocument(page, file);
  await expect(page.getByRole('heading', { name: 'Waiting for its time' })).toBeVisible();
  await page.getByRole('button', { name: 'Start now' }).click();
  await expect(stateOf(page, 'Done')).toBeVisible({ timeout: READING });
});

for (const [look, options] of Object.entries(LOOKS)) {
  test.describe(look, () => {
    test.use(options);

    test(`the options are accessible, ${look}`, async ({ page }) => {
      await page.goto('/');
      await page.getByRole('button', { name: 'Options', exact: true }).click();
      const panel = page.getByRole('dialog', { name: 'How the next documents are read' });
      await panel.getByRole('combobox', { name: 'Start' }).click();
      await page.getByRole('option', { name: 'Within hours' }).click();
      await expect(panel.getByLabel('From')).toHaveValue('22:00');
      await expectAccessible(page);
    });
  });
}
