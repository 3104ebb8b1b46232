import { scan } from './support/files.ts';
import { uploadAndOpen, waitUntilDone } from './support/journey.ts';
import { expect, test } from './support/test.ts';
import { openPage, openWords, textPanel, wordIn, wordOn } from './support/words.ts';

test('a page can be looked at closely, and its words light on both sides', async ({ page }) => {
  const file = await scan('looked at', 2, 4);
  const [token] = file.tokens as [string];
  const documentId = await uploadAndOpen(page, file);
  await waitUntilDone(page);
  await openWords(page, documentId, 1, token);

  await test.step('a word pointed at in one lights in the other', async () => {
    await wordIn(page, token).hover();
    await expect(wordOn(page, token)).toHaveClass(/is-pointed/);
    await page.mouse.move(0, 0);
    await expect(wordOn(page, token)).not.toHaveClass(/is-pointed/);
    await wordOn(page, token).hover();
    await expect(wordIn(page, token)).toHaveClass(/is-pointed/);
  });

  await test.step('the text lies on the letters of the picture', async () => {
    const picture = await page.getByAltText('Page 1 as it was scanned').boundingBox();
    const word = await wordOn(page, token).boundingBox();
    if (!picture || !word) throw new Error('nothing is shown');
    const share = { x: (word.x - picture.x) / picture.width, w: word.width / picture.width };
    // The scans have a margin of 56 points on a page of 595.
    expect(share.x).toBeCloseTo(56 / 595, 1);
    expect(share.w).toBeGreaterThan(0.05);
    expect(share.w).toBeLessThan(0.4);
  });

  await test.step('zoom by keys, and by the wheel with Ctrl about the pointer', async () => {
    const zoom = page.getByRole('toolbar', { name: 'Zoom' }).getByRole('status');
    const percent = async () => Number((await zoom.textContent())?.replace('%', ''));
    const fitted = await percent();
    await page.keyboard.press('+');
    await expect.poll(percent).toBeGreaterThan(fitted);
    await page.keyboard.press('0');
    await expect.poll(percent).toBeLessThan(fitted);
    await page.keyboard.press('w');
    await expect.poll(percent).toBe(fitted);
    const before = await wordOn(page, token).boundingBox();
    if (!before) throw new Error('the word is not shown');
    const at = { x: before.x + before.width / 2, y: before.y + before.height / 2 };
    await page.mouse.move(at.x, at.y);
    await page.keyboard.down('Control');
    for (let turn = 0; turn < 6; turn += 1) await page.mouse.wheel(0, -120);
    await page.keyboard.up('Control');
    await expect.poll(percent).toBeGreaterThan(fitted * 1.3);
    const under = async () => {
      const after = await wordOn(page, token).boundingBox();
      return after && after.x < at.x && after.x + after.width > at.x;
    };
    await expect.poll(under).toBe(true);
  });

  await test.step('a sharper picture comes once the usual one would blur', async () => {
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('+');
    const width = () =>
      page
        .getByAltText('Page 1 as it was scanned')
        .evaluate((image: HTMLImageElement) => image.naturalWidth);
    await expect.poll(width, { timeout: 60_000 }).toBeGreaterThan(1_200);
  });

  await test.step('what was done and what can be pressed is told', async () => {
    await page.getByRole('tab', { name: 'Details' }).click();
    await expect(page.getByRole('tabpanel', { name: 'Details' })).toContainText('Tesseract');
    await expect(page.getByRole('tabpanel', { name: 'Details' })).toContainText('1. Read');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(openPage(page, 1)).toBeVisible();
  });
});

test('an address leads to a page and a word', async ({ page }) => {
  const file = await scan('linked to', 2, 2);
  const [, token] = file.tokens as [string, string];
  const documentId = await uploadAndOpen(page, file);
  await waitUntilDone(page);
  await openWords(page, documentId, 2, token);
  await wordIn(page, token).click();
  await expect(page).toHaveURL(/page=2&word=\d+$/);
  await page.reload();
  await expect(wordIn(page, token)).toHaveClass(/is-chosen/);
  await expect(wordOn(page, token)).toHaveClass(/is-chosen/);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/page=2$/);
  await page.keyboard.press('ArrowLeft');
  await expect(openPage(page, 1)).toBeVisible();
  await expect(textPanel(page)).toContainText(file.tokens[0] as string);
});
