import { afterAll, beforeAll, expect, test } from 'vitest';
import { startVisionServer, VISION_KEY, type VisionServer } from '#fixtures/vision-server.ts';
import { removeDocument } from '#server/documents/remove.ts';
import { type Harness, startHarness, uploadFile } from '#server/testing/harness.ts';
import { createVisionEndpoint } from './endpoint.ts';
import { transcribe } from './transcribe.ts';

let harness: Harness;
let server: VisionServer;
beforeAll(async () => {
  harness = await startHarness();
  server = await startVisionServer((request) => ({ text: `answer ${request}` }));
});
afterAll(async () => {
  await server.close();
  await harness.close();
});

const picture = (byte: number) => new Uint8Array([0xff, 0xd8, byte]);

async function ask(
  document: { id: string; ownerId: string },
  jpeg: Uint8Array,
  changes: { prompt?: string } = {},
) {
  const settings = { model: 'reader', prompt: 'Read.', concurrency: 2, retries: 0, ...changes };
  const vision = createVisionEndpoint({
    ...settings,
    url: server.url,
    key: VISION_KEY,
    timeoutMs: 5_000,
    inputPrice: 1,
  });
  return transcribe({ ctx: harness.ctx, vision }, document, jpeg, new AbortController().signal);
}

test('the same question of the same owner is paid for once, until the document is deleted', async () => {
  const { ownerId } = harness.ctx;
  const [first, second] = [await uploadFile(harness.ctx), await uploadFile(harness.ctx)];
  const answer = await ask({ id: first, ownerId }, picture(1));
  expect(answer.usage).toMatchObject({ cached: false, cost: 0.001 });
  const again = await ask({ id: second, ownerId }, picture(1));
  expect(again.text).toBe(answer.text);
  expect(again.usage).toEqual({ promptTokens: 0, completionTokens: 0, cost: 0, cached: true });
  expect(server.questions).toHaveLength(1);

  await ask({ id: first, ownerId }, picture(2));
  await ask({ id: first, ownerId }, picture(1), { prompt: 'Read aloud.' });
  expect(server.questions).toHaveLength(3);

  await removeDocument({ ctx: harness.ctx, input: { documentId: first } });
  expect((await ask({ id: second, ownerId }, picture(1))).usage.cached).toBe(false);
});

test('nobody is given the answers of others', async () => {
  const other = await harness.otherOwner();
  const [mine, theirs] = [await uploadFile(harness.ctx), await uploadFile(other)];
  await ask({ id: mine, ownerId: harness.ctx.ownerId }, picture(9));
  const { usage } = await ask({ id: theirs, ownerId: other.ownerId }, picture(9));
  expect(usage.cached).toBe(false);
});
