import { expect, test } from 'vitest';
import { exitCodeOf } from './exit-code.ts';

test.each([
  [['completed', 'completed'], 0],
  [['completed', 'partial'], 3],
  [['partial', 'failed'], 1],
  [['completed', 'canceled'], 1],
  [['partial', 'processing'], 1],
  [['completed', 'queued'], 0],
] as const)('%j ends with %i', (statuses, code) => {
  expect(exitCodeOf([...statuses])).toBe(code);
});
