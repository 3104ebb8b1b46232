import type { Locator } from '@playwright/test';
import { insertLongDocument } from './support/long-document.ts';
import { expect, test } from './support/test.ts';

const PAGES = 10_000;
const MOST_NODES = 2_000;
/** Milliseconds between two frames, in the middle of them: the machine has other things to do, too. */
const MOST_SPAN = 100;

test.use({ provoked: [/Failed to load resource/] });

test('a document of 10,000 pages keeps the page small and the scrolling smooth', async ({
  page,
  fanfold,
}) => {
  const documentId = await insertLongDocument(fanfold, PAGES);
  await page.goto(`/documents/${documentId}`);
  const tiles = page.getByRole('list', { name: 'Pages' });
  await expect(tiles.getByRole('listitem').first()).toBeVisible();

  const overview = await scrollThrough(tiles.locator('..'));
  await expect(page.getByRole('button', { name: /^Page 10,000,/ })).toBeVisible();
  const text = await scrollThrough(
    page.getByRole('region', { name: 'Text' }).locator('> div').last(),
  );

  await page.getByRole('button', { name: /^Page 10,000,/ }).click();
  await expect(page.getByRole('region', { name: 'Page 10,000', exact: true })).toBeVisible();
  const strip = await scrollThrough(tiles.locator('..'));
  const figures = { overview, text, strip };
  console.log(`10,000 pages: ${JSON.stringify(figures)}`);
  for (const { mostNodes, medianSpan } of Object.values(figures)) {
    expect(mostNodes).toBeLessThanOrEqual(MOST_NODES);
    expect(medianSpan).toBeLessThan(MOST_SPAN);
  }
  await fanfold.client.documents.remove.mutate({ documentId });
});

/** Scrolls through, little by little and then in leaps: the most elements, and milliseconds between frames. */
async function scrollThrough(scroller: Locator) {
  return scroller.evaluate(async (element) => {
    const spans: number[] = [];
    let mostNodes = 0;
    let last = performance.now();
    const frame = () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame((now) => {
          spans.push(now - last);
          last = now;
          mostNodes = Math.max(mostNodes, document.querySelectorAll('*').length);
          resolve();
        }),
      );
    const whole = element.scrollHeight - element.clientHeight;
    await frame();
    spans.length = 0;
    for (const step of Array.from({ length: 60 }, (_, index) => index)) {
      // Fingers' breadths first, then leaps.
      element.scrollTop = step < 30 ? step * 90 : (whole * (step - 30)) / 29;
      await frame();
    }
    element.scrollTop = whole;
    await frame();
    const sorted = spans.map(Math.round).sort((a, b) => a - b);
    const medianSpan = sorted[sorted.length >> 1] ?? 0;
    return { mostNodes, medianSpan, longest: sorted.at(-1) };
  });
}
