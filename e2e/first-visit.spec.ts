import { expectAccessible, LOOKS } from './support/accessibility.ts';
import { expect, test } from './support/test.ts';

test.beforeEach(async ({ fanfold }) => {
  const { documents } = await fanfold.client.documents.list.query({ limit: 1 });
  test.skip(!fanfold.owned && documents.length > 0, 'this server has documents already');
});

test('an installation without documents invites the first drop', async ({ page }) => {
  await page.goto('/');
  await expect(
    page.getByRole('heading', { level: 1, name: 'Drop a document. Watch it being read.' }),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Documents' })).toHaveCount(0);
});

for (const [look, options] of Object.entries(LOOKS)) {
  test.describe(look, () => {
    test.use(options);

    test(`the invitation is accessible, ${look}`, async ({ page }) => {
      await page.goto('/');
      await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
      await expectAccessible(page);
    });
  });
}
