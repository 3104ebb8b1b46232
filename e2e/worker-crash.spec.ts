import { awaitOutput } from '#client/await-output.ts';
import { longScan, occurrences } from './support/files.ts';
import { uploadAndOpen, waitForPages, waitUntilDone } from './support/journey.ts';
import { expect, test } from './support/test.ts';

test('a document whose worker is killed half-way is read to its end, every page once', async ({
  page,
  fanfold,
  request,
}) => {
  test.skip(!fanfold.owned, 'this server is not ours to harm');
  const file = await longScan('worker killed');
  const documentId = await uploadAndOpen(page, file);
  await waitForPages(page, 1);
  const worker = fanfold.pidOf('worker') as number;
  process.kill(worker, 'SIGKILL');
  const { status } = await fanfold.client.documents.get.query({ documentId });
  expect(status).toBe('processing');

  await waitUntilDone(page);
  expect(fanfold.pidOf('worker')).not.toBe(worker);
  const wanted = { documentId, format: 'txt' } as const;
  const { url } = await awaitOutput(fanfold.client, wanted, AbortSignal.timeout(60_000));
  const pages = (await (await request.get(url)).text()).split('\f');
  expect(pages).toHaveLength(6);
  const counts = pages.map((text) => occurrences(text, file.tokens));
  expect(counts).toEqual(
    file.tokens.map((_, row) => file.tokens.map((_, column) => (row === column ? 1 : 0))),
  );
});
