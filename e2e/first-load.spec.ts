import type { Page } from '@playwright/test';
import { digital } from './support/files.ts';
import { chooseFiles, READING, rowOf } from './support/journey.ts';
import { expect, test } from './support/test.ts';

/** Bytes of compressed scripts that the list may load before anyone does anything. */
const MOST_SCRIPT = 200_000;

test('the list loads less than 200 kB of script', async ({ page }) => {
  const file = await digital('weighed', 1);
  await page.goto('/');
  await chooseFiles(page, file);
  await expect(rowOf(page, file.name)).toContainText('Done', { timeout: READING });

  const scripts = await scriptsOf(page, '/');
  const total = scripts.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`scripts of the list: ${total} bytes compressed in ${scripts.length} files`);
  expect(total, JSON.stringify(scripts)).toBeLessThan(MOST_SCRIPT);
});

/** What a first visit transfers of scripts until nothing more is asked for. */
async function scriptsOf(page: Page, path: string) {
  const browser = page.context().browser();
  const fresh = await browser?.newPage({ baseURL: new URL(page.url()).origin });
  if (!fresh) throw new Error('there is no browser');
  const found: Promise<{ url: string; bytes: number }>[] = [];
  fresh.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return;
    found.push(
      request.sizes().then((sizes) => ({ url: request.url(), bytes: sizes.responseBodySize })),
    );
  });
  await fresh.goto(path);
  await expect(fresh.getByRole('list', { name: 'Documents' })).toBeVisible();
  // The live stream never ends: wait for quiet by time.
  await fresh.waitForTimeout(3_000);
  await fresh.close();
  return Promise.all(found);
}
