import type { Page } from '@playwright/test';
import { scan } from './support/files.ts';
import { tileOf, uploadAndOpen, waitForPages } from './support/journey.ts';
import { expect, test } from './support/test.ts';
import { openPage } from './support/words.ts';

/** Both processors are busy reading the pages: LCP and INP have room for that. */
const MOST = { lcp: 2_500, cls: 0.05, inp: 500 };

interface Vitals {
  /** Milliseconds. */
  lcp: number;
  cls: number;
  /** The longest interaction, milliseconds. */
  inp: number;
  /** The event that it was. */
  slowest: string;
}

// A trace takes pictures and copies of the page all the time, which is most of what there would be to measure.
test.use({ trace: 'off' });

test('a document of 200 pages that is being read stays quick and still', async ({ page }) => {
  await page.addInitScript(observe);
  await page.goto('/');
  const list = await vitalsOf(page);
  await uploadAndOpen(page, await scan('live and long', 200));
  await waitForPages(page, 2);
  await page.reload();
  await expect(tileOf(page, 1)).toBeVisible();
  await tileOf(page, 2).click();
  await expect(openPage(page, 2)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(openPage(page, 3)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Follow' }).click();
  await page.getByRole('button', { name: 'Change the title and tags' }).click();
  await expect(page.getByLabel('Title')).toBeFocused();
  await page.keyboard.type('A name');
  await page.keyboard.press('Escape');
  await waitForPages(page, 12);
  const document = await vitalsOf(page);
  console.log(`web vitals: ${JSON.stringify({ list, document })}`);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  for (const { lcp, cls, inp } of [list, document]) {
    expect(lcp).toBeLessThan(MOST.lcp);
    expect(cls).toBeLessThan(MOST.cls);
    expect(inp).toBeLessThan(MOST.inp);
  }
});

async function vitalsOf(page: Page): Promise<Vitals> {
  await page.waitForTimeout(1_000);
  return page.evaluate(() => (window as unknown as { vitals: Vitals }).vitals);
}

/** Runs in the browser. */
function observe(): void {
  const vitals: Vitals = { lcp: 0, cls: 0, inp: 0, slowest: '' };
  Object.assign(window, { vitals });
  const on = (type: string, note: (entry: PerformanceEntry) => void, options = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
      type,
      buffered: true,
      ...options,
    });
  on('largest-contentful-paint', ({ startTime }) => {
    vitals.lcp = startTime;
  });
  on('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as unknown as {
      value: number;
      hadRecentInput: boolean;
    };
    if (!hadRecentInput) vitals.cls += value;
  });
  on(
    'event',
    (entry) => {
      const { interactionId = 0 } = entry as { interactionId?: number };
      if (interactionId === 0 || entry.duration <= vitals.inp) return;
      Object.assign(vitals, { inp: entry.duration, slowest: entry.name });
    },
    { durationThreshold: 16 },
  );
}
