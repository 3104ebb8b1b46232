import { expect, test } from 'vitest';
import { countBytes } from './byte-counter.ts';

test('adds up transfers, and neither falls nor passes the total', () => {
  const told: number[] = [];
  const count = countBytes({ total: 100, before: 20, tell: (bytes) => told.push(bytes) });
  count(1, 30);
  count(2, 10);
  count(1, 5);
  count(1, 30);
  count(1, 40);
  count(2, 60);
  expect(told).toEqual([20, 50, 60, 70, 100]);
});
