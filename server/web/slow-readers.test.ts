import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { dropSlowReaders } from './slow-readers.ts';

const PATIENCE = 50;

function endlessBody() {
  const state = { sent: 0, canceled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        state.sent += 1;
        controller.enqueue(new Uint8Array(1_000));
      },
      cancel() {
        state.canceled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { state, body };
}

test('a reader that stops reading is dropped, and nothing is read ahead for it', async () => {
  const { state, body } = endlessBody();
  const reader = dropSlowReaders(body, PATIENCE).getReader();
  await reader.read();
  await sleep(4 * PATIENCE);
  expect(state).toEqual({ sent: 1, canceled: true });
  await expect(reader.read()).rejects.toMatchObject({ name: 'AbortError' });
});

test('a reader that keeps up with a quiet stream is left alone', async () => {
  const quiet = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await sleep(3 * PATIENCE);
      controller.enqueue(new Uint8Array(1));
    },
  });
  const reader = dropSlowReaders(quiet, PATIENCE).getReader();
  for (let read = 0; read < 3; read += 1) expect((await reader.read()).done).toBe(false);
  await reader.cancel();
});

test('a body that ends, ends', async () => {
  const reader = dropSlowReaders(new Blob(['done']).stream(), PATIENCE).getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('done');
  expect((await reader.read()).done).toBe(true);
});

test('a reader that leaves frees the body', async () => {
  const { state, body } = endlessBody();
  const reader = dropSlowReaders(body, PATIENCE).getReader();
  await reader.read();
  await reader.cancel();
  expect(state.canceled).toBe(true);
});
