import { afterEach, expect, test } from 'vitest';
import {
  startVisionServer,
  VISION_KEY,
  type VisionReply,
  type VisionServer,
} from '#fixtures/vision-server.ts';
import { parseEnv } from '#server/env.ts';
import { createVisionEndpoint } from './endpoint.ts';
import { type VisionSettings, visionSettings } from './settings.ts';

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);
const { signal } = new AbortController();

let server: VisionServer | undefined;
afterEach(() => server?.close());

async function serve(...replies: VisionReply[]): Promise<VisionServer> {
  server = await startVisionServer(
    (request) => replies[request] ?? (replies.at(-1) as VisionReply),
  );
  return server;
}

const endpoint = (url: string, changes: Partial<VisionSettings> = {}) =>
  createVisionEndpoint({
    url,
    key: VISION_KEY,
    model: 'reader',
    prompt: 'Transcribe.',
    concurrency: 2,
    timeoutMs: 5_000,
    retries: 2,
    ...changes,
  });

test('sends picture, prompt, model and key, and answers with text, tokens and cost', async () => {
  const { url, questions } = await serve({ text: 'Hello page' });
  const answer = await endpoint(url, { inputPrice: 2, outputPrice: 10 }).read(JPEG, signal);
  expect(answer).toEqual({
    text: 'Hello page',
    model: 'reader-2026',
    usage: { promptTokens: 1_000, completionTokens: 200, cost: 0.004, cached: false },
  });
  expect(questions[0]).toMatchObject({ model: 'reader', prompt: 'Transcribe.' });
  expect(new Uint8Array(questions[0]?.picture ?? [])).toEqual(JPEG);
});

test('waits as long as a 429 asks for, then reads', async () => {
  const { url, questions } = await serve(
    { status: 429, headers: { 'retry-after': '1' } },
    { text: 'after the wait' },
  );
  const { text } = await endpoint(url).read(JPEG, signal);
  expect(text).toBe('after the wait');
  const [first, second] = questions.map(({ at }) => at);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(950);
});

test('tries again after a 500, with growing pauses', async () => {
  const { url, questions } = await serve({ status: 500 }, { status: 503 }, { text: 'third' });
  expect((await endpoint(url).read(JPEG, signal)).text).toBe('third');
  const [first = 0, second = 0, third = 0] = questions.map(({ at }) => at);
  expect(third - second).toBeGreaterThan(second - first);
});

test('gives up where the trouble does not pass', async () => {
  const { url, questions } = await serve({ status: 502 });
  await expect(endpoint(url, { retries: 1 }).read(JPEG, signal)).rejects.toMatchObject({
    code: 'VISION_UNAVAILABLE',
    permanent: false,
  });
  expect(questions).toHaveLength(2);
});

test('does not wait for an endpoint that says nothing', async () => {
  const { url } = await serve({ silent: 3_000 });
  const reading = endpoint(url, { timeoutMs: 200, retries: 0 }).read(JPEG, signal);
  await expect(reading).rejects.toMatchObject({ code: 'VISION_UNAVAILABLE' });
});

test('an endpoint that is not there is unavailable', async () => {
  const { url, close } = await serve({ text: '' });
  await close();
  server = undefined;
  const reading = endpoint(url, { retries: 0 }).read(JPEG, signal);
  await expect(reading).rejects.toMatchObject({ code: 'VISION_UNAVAILABLE' });
});

test('a wrong key is refused once and for all, and not shown to the user', async () => {
  const { url, questions } = await serve({ text: 'never' });
  const error = await endpoint(url, { key: 'sk-wrong' })
    .read(JPEG, signal)
    .catch((caught) => caught);
  expect(error).toMatchObject({ code: 'VISION_REFUSED', permanent: true });
  expect(error.sentence).not.toContain('sk-wrong');
  expect(questions).toHaveLength(0);
});

test.each([
  ['no JSON', { raw: '{"choices": [' }],
  ['no choices', { raw: '{"id": "x"}' }],
  ['no text', { raw: '{"choices": [{"message": {"content": null}}]}' }],
  ['a text that was cut off', { text: 'half a pa', finish: 'length' }],
] as const)('an answer with %s is not taken', async (_, reply) => {
  const { url } = await serve(reply);
  const reading = endpoint(url, { retries: 0 }).read(JPEG, signal);
  await expect(reading).rejects.toMatchObject({ code: 'VISION_ANSWER_INVALID' });
});

test('an aborted task ends its request with its own reason', async () => {
  const { url } = await serve({ silent: 3_000 });
  const controller = new AbortController();
  const reading = endpoint(url).read(JPEG, controller.signal);
  setTimeout(() => controller.abort(new Error('canceled')), 100);
  await expect(reading).rejects.toThrow('canceled');
});

test('keeps to the number of requests at once', async () => {
  const slow = await serve({ silent: 100 });
  const { read } = endpoint(slow.url, { concurrency: 2, retries: 0 });
  await Promise.allSettled(Array.from({ length: 6 }, () => read(JPEG, signal)));
  expect(slow.questions).toHaveLength(6);
  expect(slow.busiest).toBe(2);
});

test('there is none unless address and model are set', () => {
  const needed = {
    FANFOLD_SECRET: '0'.repeat(64),
    FANFOLD_LOCAL_KEY: 'k'.repeat(32),
    DATABASE_URL: 'postgres://localhost/fanfold',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY: 'secret',
  };
  expect(visionSettings(parseEnv(needed))).toBeUndefined();
  expect(
    visionSettings(parseEnv({ ...needed, FANFOLD_VISION_URL: 'http://127.0.0.1:1/v1' })),
  ).toBeUndefined();
});
