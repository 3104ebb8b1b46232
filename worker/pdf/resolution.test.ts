import { expect, test } from 'vitest';
import { LIMITS } from '#fixtures/page-pool.ts';
import { fitDpi, scanDpi } from './resolution.ts';

const a4 = (dpi: number) => ({ dpi, width: 8.27 * dpi, height: 11.69 * dpi });

test.each([
  ['gray at 300 dpi is read at 200', { ...a4(300), bilevel: false }, 200],
  ['bilevel at 300 dpi keeps its pixels', { ...a4(300), bilevel: true }, 300],
  ['bilevel at 600 dpi is read at 300', { ...a4(600), bilevel: true }, 300],
  ['100 dpi is enlarged', { ...a4(100), bilevel: false }, 150],
  ['40 dpi is enlarged to the double only', { ...a4(40), bilevel: false }, 80],
  ['a poster is read by its pixels', { dpi: 10, width: 2_480, height: 3_508, bilevel: true }, 10],
])('%s', (_, scan, dpi) => {
  expect(scanDpi(scan)).toBeCloseTo(dpi, 0);
});

test('lowers the resolution to fit the limits, and refuses what would then be unreadable', () => {
  expect(fitDpi(300, { width: 595, height: 842 }, LIMITS)).toBe(300);
  expect(fitDpi(300, { width: 14_400, height: 14_400 }, LIMITS)).toBeLessThan(51);
  expect(() => fitDpi(300, { width: 1e6, height: 1e6 }, LIMITS)).toThrow('PAGE_TOO_LARGE');
});
