import { expect, test } from 'vitest';
import { LIMITS } from '#fixtures/page-pool.ts';
import { fitDpi, scanDpi } from './resolution.ts';

const a4 = (dpi: number) => ({ dpi, width: 8.27 * dpi, height: 11.69 * dpi });

test.each([
  ['300 dpi stay', a4(300), 300],
  ['600 dpi are brought down to 300', a4(600), 300],
  ['100 dpi are enlarged', a4(100), 150],
  ['40 dpi are enlarged to the double only', a4(40), 80],
  ['a poster is taken by its pixels', { dpi: 10, width: 2_480, height: 3_508 }, 10],
])('%s', (_, scan, dpi) => {
  expect(scanDpi(scan)).toBeCloseTo(dpi, 0);
});

test('lowers the resolution to fit the limits, and refuses what would then be unreadable', () => {
  expect(fitDpi(300, { width: 595, height: 842 }, LIMITS)).toBe(300);
  expect(fitDpi(300, { width: 14_400, height: 14_400 }, LIMITS)).toBeLessThan(51);
  expect(() => fitDpi(300, { width: 1e6, height: 1e6 }, LIMITS)).toThrow('PAGE_TOO_LARGE');
});
