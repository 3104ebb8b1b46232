import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility.ts';
import { digital, zipNamedPdf } from './support/files.ts';
import { READING, uploadAndOpen, waitUntilDone } from './support/journey.ts';
import { expect, test } from './support/test.ts';

test('the language is chosen in the header, at once and for good', async ({ page }) => {
  await uploadAndOpen(page, await digital('in two languages', 2));
  await waitUntilDone(page);
  await page.evaluate(() => Object.assign(window, { stays: true }));
  await page.getByLabel('Language: English').selectOption('Español');
  await expect(page.getByRole('button', { name: 'Descargar' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page.getByRole('list', { name: 'Páginas' })).toBeVisible();
  // The page was not loaded anew: what goes on in it goes on.
  expect(await page.evaluate(() => 'stays' in window)).toBe(true);

  const answer = await page.reload();
  expect(await answer?.text()).toContain('lang="es"');
  await expect(page.getByRole('button', { name: 'Descargar' })).toBeVisible();
  await page.getByLabel('Idioma: Español').selectOption('English');
  await expect(page.getByRole('button', { name: 'Download' })).toBeVisible();
});

test.describe('with a browser that prefers Spanish', () => {
  test.use({ locale: 'es-MX' });

  test('everything is said in Spanish from the first byte', async ({ page }) => {
    const bad = zipNamedPdf('no es un PDF');
    const file = await digital('en español', 1);
    const answer = await page.goto('/');
    expect(await answer?.text()).toContain('lang="es"');
    await expect(page.getByText(/^Suelta (tus documentos|un documento)/).first()).toBeVisible();
    const dialog = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Elegir archivos' }).click();
    await (await dialog).setFiles([bad, file]);
    await expect(rowIn(page, bad.name)).toContainText('Este tipo de archivo');
    const done = rowIn(page, file.name);
    await expect(done.getByText('Listo')).toBeVisible({ timeout: READING });
    await expect(done).toContainText('1 página');
    await expectAccessible(page);

    await done.getByRole('button', { name: /^Más acciones/ }).click();
    await page.getByRole('menuitem', { name: 'Eliminar' }).click();
    await expect(page.getByText(`«${file.name}» eliminado`)).toBeVisible();
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await expect(done).toBeVisible();
  });
});

/** In the Spanish list. */
function rowIn(page: Page, name: string) {
  return page
    .getByRole('list', { name: 'Documentos' })
    .getByRole('listitem')
    .filter({ hasText: name });
}
