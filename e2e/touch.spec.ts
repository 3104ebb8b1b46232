import { devices, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility.ts';
import { scan } from './support/files.ts';
import { uploadAndOpen, waitUntilDone } from './support/journey.ts';
import { expect, test } from './support/test.ts';

const { viewport, hasTouch, isMobile } = devices['Pixel 7'];
test.use({ viewport, hasTouch, isMobile });

test('on a phone a page is opened by a tap, enlarged by two fingers and moved by one', async ({
  page,
}) => {
  const file = await scan('by touch', 2, 4);
  await uploadAndOpen(page, file);
  await waitUntilDone(page);
  const download = page.getByRole('button', { name: 'Download' });
  await expect(download).toBeVisible();
  await page.getByRole('button', { name: /^Page 1,/ }).tap();
  await expect(download).toBeHidden();
  const picture = page.getByRole('region', { name: 'Picture of the page' });
  await expect(picture.getByText(file.tokens[0] as string)).toBeAttached();
  const zoom = page.getByRole('toolbar', { name: 'Zoom' }).getByRole('status');
  const percent = async () => Number((await zoom.textContent())?.replace('%', ''));
  const before = await percent();
  const box = await picture.boundingBox();
  if (!box) throw new Error('no picture is shown');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };

  await pinch(page, middle, 30, 110);
  await expect.poll(percent).toBeGreaterThan(before * 1.5);
  const scrolled = () => picture.evaluate((element) => element.scrollTop + element.scrollLeft);
  const from = await scrolled();
  await drag(page, middle, { x: middle.x - 60, y: middle.y - 70 });
  await expect.poll(scrolled).toBeGreaterThan(from + 40);
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(overflow).toBe(0);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Close the page' }).tap();
  await expect(download).toBeVisible();
});

interface Point {
  x: number;
  y: number;
}

/** Two fingers beside `at` move apart, pixels from the middle. */
async function pinch(page: Page, at: Point, from: number, to: number): Promise<void> {
  const fingers = (apart: number) => [
    { x: at.x - apart, y: at.y, id: 0 },
    { x: at.x + apart, y: at.y, id: 1 },
  ];
  await touch(page, fingers, from, to);
}

async function drag(page: Page, from: Point, to: Point): Promise<void> {
  const finger = (share: number) => [
    { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, id: 0 },
  ];
  await touch(page, finger, 0, 1);
}

async function touch(
  page: Page,
  fingers: (step: number) => (Point & { id: number })[],
  from: number,
  to: number,
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', fingers(from));
  for (let step = 1; step <= 10; step += 1) {
    await send('touchMove', fingers(from + ((to - from) * step) / 10));
  }
  await send('touchEnd', []);
  await session.detach();
}
