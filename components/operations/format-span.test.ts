import { expect, test } from 'vitest';
import { formatSpan } from './format-span.ts';

test.each([
  [null, '–'],
  [0, '0 ms'],
  [11.6, '12 ms'],
  [3_420, '3.4 s'],
  [125_000, '2 min'],
  [5_400_000, '1.5 h'],
])('%s milliseconds are shown as %s', (span, shown) => {
  expect(formatSpan(span)).toBe(shown);
});
