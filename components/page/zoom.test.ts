import { describe, expect, it } from 'vitest';
import { realSize, scaleOf, stepZoom } from './zoom.ts';

const room = { width: 500, height: 600 };

describe('scaleOf', () => {
  it('fits the width, or the whole page', () => {
    const sheet = { width: 1_000, height: 2_000 };
    expect(scaleOf('width', sheet, room)).toBe(0.5);
    expect(scaleOf('page', sheet, room)).toBe(0.3);
    expect(scaleOf(2, sheet, room)).toBe(2);
  });
});

describe('stepZoom', () => {
  it('goes through the same steps both ways, and on from in between', () => {
    expect(stepZoom(1, 1)).toBe(1.25);
    expect(stepZoom(1.25, -1)).toBeCloseTo(1);
    expect(stepZoom(1.1, 1)).toBe(1.25);
    expect(stepZoom(1.1, -1)).toBe(1);
  });

  it('stops at the ends', () => {
    expect(stepZoom(8, 1)).toBe(8);
    expect(stepZoom(0.1, -1)).toBe(0.1);
  });
});

describe('realSize', () => {
  it('is that of the paper, turned where the page is', () => {
    expect(realSize({ width: 1_200, height: 2_400 }, 300, 0)).toEqual({ width: 384, height: 768 });
    expect(realSize({ width: 1_200, height: 2_400 }, 300, 90)).toEqual({ width: 768, height: 384 });
  });
});
