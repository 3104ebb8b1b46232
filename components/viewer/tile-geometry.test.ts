import { describe, expect, it } from 'vitest';
import { tileGeometry } from './tile-geometry.ts';

describe('tileGeometry', () => {
  it.each([
    [0, 1],
    [136, 1],
    [358, 3],
    [900, 6],
  ])('lays %i pixels out in %i columns', (available, columns) =>
    expect(tileGeometry(available).columns).toBe(columns),
  );

  it('never overflows the width', () => {
    for (let available = 120; available < 2_000; available += 37) {
      const { columns, width, gap } = tileGeometry(available);
      expect(columns * width + (columns - 1) * gap).toBeLessThanOrEqual(available);
    }
  });
});
