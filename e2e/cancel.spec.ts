import { longScan } from './support/files.ts';
import {
  expectPages,
  stateOf,
  tileOf,
  uploadAndOpen,
  waitForPages,
  waitUntilDone,
} from './support/journey.ts';
import { expect, test } from './support/test.ts';

test('a canceled document keeps what was read and goes on when asked to', async ({
  page,
  fanfold,
}) => {
  const file = await longScan('canceled');
  const documentId = await uploadAndOpen(page, file);
  await waitForPages(page, 1);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(stateOf(page, 'Canceled')).toBeVisible();
  await expect(tileOf(page, 6, 'canceled')).toBeVisible();
  const canceled = await fanfold.client.documents.get.query({ documentId });
  expect(canceled.pagesCanceled).toBeGreaterThan(0);
  expect(canceled.pagesCompleted + canceled.pagesCanceled).toBe(6);

  await page.getByRole('button', { name: 'Go on' }).click();
  await waitUntilDone(page);
  await expectPages(page, file);
  const pages = await fanfold.client.pages.list.query({ documentId });
  const untouched = pages.filter(({ attempts }) => attempts === 1).length;
  expect(untouched).toBeGreaterThanOrEqual(canceled.pagesCompleted);
});
