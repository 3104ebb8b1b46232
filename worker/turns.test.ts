import { setImmediate as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

test('at most so many have a turn, and the next has it as soon as one gives it back', async () => {
  const turns = createTurns(2, new AbortController().signal);
  const begun: number[] = [];
  const taken = [1, 2, 3, 4].map(async (number) => {
    const giveBack = await turns.take();
    begun.push(number);
    return giveBack;
  });
  await later();
  expect(begun).toEqual([1, 2]);
  const giveBack = await taken[1];
  giveBack?.();
  giveBack?.();
  await later();
  expect(begun).toEqual([1, 2, 3]);
  (await taken[0])?.();
  await later();
  expect(begun).toEqual([1, 2, 3, 4]);
});

test('who waits for a turn when the worker is told to stop gets none', async () => {
  const stopping = new AbortController();
  const turns = createTurns(1, stopping.signal);
  const giveBack = await turns.take();
  const waiting = turns.take();
  const reason = new Error('stop');
  stopping.abort(reason);
  giveBack();
  await expect(waiting).rejects.toBe(reason);
  await expect(turns.take()).rejects.toBe(reason);
});
