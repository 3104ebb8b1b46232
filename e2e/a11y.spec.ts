import { expectAccessible, LOOKS } from './support/accessibility.ts';
import { digital, scan, zipNamedPdf } from './support/files.ts';
import { READING, rowOf, uploadAndOpen, waitUntilDone } from './support/journey.ts';
import { expect, test } from './support/test.ts';
import { doubtEverything } from './support/words.ts';

for (const [look, options] of Object.entries(LOOKS)) {
  test.describe(look, () => {
    test.use(options);

    test(`a document that is done and its list are accessible, ${look}`, async ({ page }) => {
      const file =
        look === 'light' ? await scan('accessible', 2, 4) : await digital('accessible', 2);
      await uploadAndOpen(page, file);
      await expect(page.getByRole('button', { name: 'Download' })).toBeVisible({
        timeout: READING,
      });
      await expectAccessible(page);
      await page.goto(`${page.url()}?page=1`);
      await expect(page.getByRole('region', { name: 'Page 1', exact: true })).toBeVisible();
      await expect(page.getByText(file.tokens[0] as string).first()).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('tab', { name: 'Details' }).click();
      await expect(page.getByText('Attempts')).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await page.getByRole('tab', { name: 'Read again' }).click();
      await expect(page.getByLabel('Resolution, dpi')).toBeVisible();
      await expectAccessible(page);
      await page.goto(`/search?q=${file.tokens[0]?.toLowerCase()}`);
      await expect(page.getByRole('list', { name: 'Pages' })).toBeVisible();
      await expectAccessible(page);
      await page.goto('/');
      await expect(rowOf(page, file.name)).toContainText('Done');
      await expectAccessible(page);
      await rowOf(page, file.name)
        .getByRole('button', { name: /^More actions/ })
        .click();
      await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeVisible();
      await expectAccessible(page, { menu: true });
    });

    test(`a review and its end are accessible, ${look}`, async ({ page }) => {
      await doubtEverything(page);
      await uploadAndOpen(page, await scan('reviewed', 1));
      await waitUntilDone(page);
      await page.getByRole('link', { name: 'Review' }).click();
      await expect(page.getByLabel(/^Read with/)).toBeVisible();
      await expectAccessible(page);
      await page.getByLabel('Doubtful below').selectOption('50');
      await expect(page.getByRole('heading', { name: 'No word is doubtful' })).toBeVisible();
      await expectAccessible(page);
    });

    test(`a document that failed is accessible, ${look}`, async ({ page }) => {
      await uploadAndOpen(page, zipNamedPdf('not accessible'));
      await expect(
        page.getByRole('heading', { name: 'This document could not be read' }),
      ).toBeVisible();
      await expectAccessible(page);
    });
  });
}
