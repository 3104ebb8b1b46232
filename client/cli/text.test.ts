import { expect, test } from 'vitest';
import { formatAge, formatBytes, formatTable } from './text.ts';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [200 * 1024 ** 2, '200 MiB'],
  [3 * 1024 ** 3, '3.0 GiB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('ages are in the largest unit that fits', () => {
  const now = Date.parse('2030-01-10T00:00:00Z');
  expect(formatAge('2030-01-10T00:00:09Z', now)).toBe('0 min');
  expect(formatAge('2030-01-09T23:00:00Z', now)).toBe('1 h');
  expect(formatAge('2030-01-01T00:00:00Z', now)).toBe('9 d');
});

test('a table lines up and lets no control character through', () => {
  expect(
    formatTable([
      ['ID', 'NAME'],
      ['12345', 'a\u001b[31m\nb'],
    ]),
  ).toBe('ID     NAME\n12345  a?[31m?b');
});
