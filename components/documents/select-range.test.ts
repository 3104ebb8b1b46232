import { expect, test } from 'vitest';
import { selectRange } from './select-range.ts';

const LIST = ['a', 'b', 'c', 'd', 'e'];
const select = (chosen: string, from: string | null, id: string) =>
  [...selectRange(new Set(chosen), LIST, from, id)].sort().join('');

test('one document is ticked and unticked by itself', () => {
  expect(select('', null, 'c')).toBe('c');
  expect(select('abc', null, 'b')).toBe('ac');
});

test('a range takes what lies between, in either direction', () => {
  expect(select('b', 'b', 'd')).toBe('bcd');
  expect(select('d', 'd', 'a')).toBe('abcd');
  expect(select('abcde', 'b', 'd')).toBe('ae');
});

test('a range from a document that left the list is one document', () => {
  expect(select('', 'x', 'c')).toBe('c');
});
