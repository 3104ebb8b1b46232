import { expect, test } from 'vitest';
import { formatCursor, MAX_CURSOR_LENGTH, MAX_WATCHED, parseCursor } from './cursor.ts';

const [one, other] = [
  '0b1f3f5e-0000-4000-8000-000000000001',
  '0b1f3f5e-0000-4000-8000-000000000002',
];

test('a cursor tells of each document how far it was shown', () => {
  const shown = new Map([
    [one, 12],
    [other, 0],
  ]);
  expect(parseCursor(formatCursor(shown), [one, other])).toEqual(shown);
});

test('documents that a cursor does not name are shown from the beginning, and others not at all', () => {
  expect(parseCursor(`${one}:7`, [other])).toEqual(new Map([[other, 0]]));
  expect(parseCursor('-', [one])).toEqual(new Map([[one, 0]]));
  expect(parseCursor(`${one}:1e9,${other}:-4`, [one, other])).toEqual(
    new Map([
      [one, 0],
      [other, 0],
    ]),
  );
});

test('the longest cursor is accepted', () => {
  const ids = Array.from({ length: MAX_WATCHED }, () => crypto.randomUUID());
  const cursor = formatCursor(new Map(ids.map((id) => [id, 999_999_999])));
  expect(cursor.length).toBeLessThanOrEqual(MAX_CURSOR_LENGTH);
});
