import { expectAccessible, LOOKS } from './support/accessibility.ts';
import { digital, scan, zipNamedPdf } from './support/files.ts';
import { READING, rowOf, uploadAndOpen } from './support/journey.ts';
import { expect, test } from './support/test.ts';

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
      await page.goto('/');
      await expect(rowOf(page, file.name)).toContainText('Done');
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
