import { protectedScan } from './support/files.ts';
import { READING, rowOf, textOf, uploadAndOpen, waitUntilDone } from './support/journey.ts';
import { expect, test } from './support/test.ts';

test('a protected file asks for its password, and is read with the right one', async ({ page }) => {
  const file = await protectedScan('protected', 'open sesame');
  await uploadAndOpen(page, file);
  const password = page.getByLabel('Password', { exact: true });
  await expect(password).toBeVisible({ timeout: READING });
  await expect(page.getByRole('heading', { name: 'This file is protected' })).toBeVisible();

  await password.fill('wrong');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByText('That password does not open the file.')).toBeVisible({
    timeout: READING,
  });
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await expect(password).toHaveAccessibleDescription('That password does not open the file.');

  await password.fill('open sesame');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await waitUntilDone(page);
  await expect(textOf(page, 1)).toContainText(file.tokens[0] as string);
});

test('the list says which file waits for a password', async ({ page }) => {
  const file = await protectedScan('waiting for a password', 'open sesame');
  await uploadAndOpen(page, file);
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible({ timeout: READING });
  await page.goto('/');
  await expect(rowOf(page, file.name)).toContainText('Password needed');
});
