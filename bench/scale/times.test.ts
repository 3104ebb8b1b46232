import { expect, test } from 'vitest';
import { commits, type PageTimes, pickUps, seconds, steadyRate } from './times.ts';

/** Pages that end every 10 ms, claimed 5 ms after they were queued, committed in 2 ms. */
const pages: PageTimes[] = Array.from({ length: 101 }, (_, index) => ({
  queued: 1_000,
  claimBegun: 1_004,
  claimed: 1_005,
  endBegun: 1_008 + index * 10,
  ended: 1_010 + index * 10,
}));

test('pick-up is from queued to claimed, commit from its begin to its end', () => {
  expect(pickUps(pages)).toEqual({ p50: 5, p95: 5 });
  expect(commits(pages)).toEqual({ p50: 2, p95: 2 });
});

test('a load takes from its first page being queued to the end of its last', () => {
  expect(seconds(pages)).toBeCloseTo(1.01);
});

test('the steady rate leaves out a slow start and a slow end', () => {
  const [first, ...rest] = pages;
  if (!first) throw new Error('no page');
  expect(steadyRate(pages)).toBeCloseTo(100);
  expect(steadyRate([{ ...first, ended: -50_000 }, ...rest])).toBeCloseTo(100);
});
