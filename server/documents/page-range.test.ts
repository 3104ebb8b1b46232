import { expect, test } from 'vitest';
import { pagesInRange, parsePageRange, reachesBeyond } from './page-range.ts';

test.each([
  ['3', [3]],
  ['1-3,7', [1, 2, 3, 7]],
  [' 8 , 2 - 3 ', [2, 3, 8]],
  ['8-', [8, 9]],
  ['2-4,3-5', [2, 3, 4, 5]],
  ['7-20', [7, 8, 9]],
  ['12-14', []],
])('takes %j of nine pages as %j', (range, pages) => {
  expect(pagesInRange(range, 9)).toEqual(pages);
});

test.each(['', ',', '0', '3-1', '-3', '1..3', 'two', '1,,2', '1-2-3', '1'.repeat(8)])(
  'refuses %j',
  (range) => expect(parsePageRange(range)).toBeNull(),
);

test('takes all pages where no range is given', () => {
  expect(pagesInRange(null, 3)).toEqual([1, 2, 3]);
});

test('tells a range that names pages after the last', () => {
  expect(reachesBeyond('1-9', 9)).toBe(false);
  expect(reachesBeyond('3-', 9)).toBe(false);
  expect(reachesBeyond('1,10', 9)).toBe(true);
  expect(reachesBeyond('10-', 9)).toBe(true);
});
