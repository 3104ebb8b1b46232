import { longScan, scan } from './support/files.ts';
import {
  expectPages,
  progressOf,
  READING,
  stateOf,
  uploadAndOpen,
  waitForPages,
  waitUntilDone,
} from './support/journey.ts';
import { recordProgress, watchStreams } from './support/live.ts';
import { type Network, startNetwork } from './support/network.ts';
import { expect, test } from './support/test.ts';

/** Milliseconds within which what is shown is true; without a stream it would be asked for every 5 s. */
const TRUE_WITHIN = 4_000;
/** Milliseconds in which an update of the stream has reached the browser. */
const ON_ITS_WAY = 1_000;

const offlineTest = test.extend<{ network: Network }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  network: async ({}, use) => {
    const network = await startNetwork();
    await use(network);
    await network.close();
  },
  proxy: async ({ network }, use) => use({ server: network.url }),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  provoked: async ({}, use) => use([/net::ERR_/]),
});

test('a reload half-way loses nothing and progress never goes back', async ({ page, context }) => {
  const shown = await recordProgress(context);
  const file = await longScan('reloaded');
  await uploadAndOpen(page, file);
  await waitForPages(page, 1);
  await page.reload();
  await waitForPages(page, 3);
  await page.reload();
  await waitUntilDone(page);
  await expectPages(page, file);
  const counts = shown.get(page) ?? [];
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  expect(counts.at(-1)).toBe(file.tokens.length);
});

test('a document that ends while it is being opened is shown as it ended', async ({
  page,
  fanfold,
}) => {
  const streams = watchStreams(page);
  const file = await scan('opened late', 1, 8);
  let held = false;
  await page.route(/documents\.get/, async (route) => {
    const answer = await route.fetch();
    if (!held) {
      held = true;
      const [{ id } = { id: '' }] = (await fanfold.client.documents.list.query({})).documents;
      const state = async () =>
        (await fanfold.client.documents.get.query({ documentId: id })).status;
      await expect.poll(state, { timeout: READING }).toBe('completed');
      await expect.poll(() => streams.size).toBe(1);
      await page.waitForTimeout(ON_ITS_WAY);
    }
    await route.fulfill({ response: answer });
  });
  await uploadAndOpen(page, file);
  await expect(stateOf(page, 'Done')).toBeVisible({ timeout: READING });
  expect(held).toBe(true);
});

test('a second tab shows the same, by the same stream', async ({ page, context }) => {
  const streams = watchStreams(page);
  await uploadAndOpen(page, await longScan('two tabs'));
  const second = await context.newPage();
  const secondStreams = watchStreams(second);
  await second.goto(page.url());
  await expect(progressOf(second)).toBeVisible();

  for (let count = 1; count <= 6; count += 1) {
    await waitForPages(page, count);
    const inSecond = async () => Number(await progressOf(second).getAttribute('aria-valuenow'));
    await expect.poll(inSecond, { timeout: TRUE_WITHIN }).toBeGreaterThanOrEqual(count);
    await expect.poll(() => streams.size + secondStreams.size).toBe(1);
  }
  await waitUntilDone(page);
  await expect(stateOf(second, 'Done')).toBeVisible({ timeout: TRUE_WITHIN });
});

test('seven tabs leave room for a request, and the one with the stream may reload or close', async ({
  page,
  context,
}) => {
  const shown = await recordProgress(context);
  const tabs = [{ page, streams: watchStreams(page) }];
  const file = await longScan('seven tabs');
  await uploadAndOpen(page, file);
  while (tabs.length < 7) {
    const tab = await context.newPage();
    tabs.push({ page: tab, streams: watchStreams(tab) });
    await tab.goto(page.url());
  }
  const held = () => tabs.flatMap(({ streams }) => [...streams]).length;
  await expect.poll(held).toBe(1);
  const answer = tabs[6]?.page.evaluate(async () => {
    const response = await fetch('/api/health', { signal: AbortSignal.timeout(20_000) });
    return response.status;
  });
  expect(await answer).toBe(200);

  const leader = async () => {
    const index = () => tabs.findIndex(({ streams }) => streams.size === 1);
    await expect.poll(index).toBeGreaterThanOrEqual(0);
    return index();
  };
  await waitForPages(page, 1);
  await tabs[await leader()]?.page.reload();
  await expect.poll(held).toBe(1);
  const [closed] = tabs.splice(await leader(), 1);
  await closed?.page.close();
  await expect.poll(held).toBe(1);

  for (const { page: tab } of tabs) {
    await waitUntilDone(tab);
    const counts = shown.get(tab) ?? [];
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBe(file.tokens.length);
  }
});

offlineTest(
  'a tab that was offline is right again when the network returns',
  async ({ page, context, fanfold, network }) => {
    const streams = watchStreams(page);
    const file = await longScan('offline');
    const documentId = await uploadAndOpen(page, file);
    await waitForPages(page, 1);

    network.down();
    await context.setOffline(true);
    await expect(page.getByRole('status').getByText('Reconnecting…')).toBeVisible();
    const status = async () => (await fanfold.client.documents.get.query({ documentId })).status;
    await expect.poll(status, { timeout: READING }).toBe('completed');
    await expect(stateOf(page, 'Done')).toHaveCount(0);

    network.up();
    await context.setOffline(false);
    await waitUntilDone(page);
    await expect(progressOf(page)).toHaveAttribute('aria-valuenow', '6');
    await expect(page.getByText('Reconnecting…')).toHaveCount(0);
    await expect.poll(() => streams.size).toBe(1);
    await expectPages(page, file);
  },
);
