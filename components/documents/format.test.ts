import { describe, expect, it } from 'vitest';
import { countOf, formatAge, formatBytes, formatClock } from './format.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_234_000, '1.2 MB'],
    [56_000_000, '56 MB'],
    [2_147_483_648, '2.1 GB'],
  ])('shows %i as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('formatClock', () => {
  it.each([
    [-5, '0:00'],
    [42_900, '0:42'],
    [725_000, '12:05'],
    [3_729_000, '1:02:09'],
  ])('shows %i ms as %s', (duration, text) => expect(formatClock(duration)).toBe(text));
});

describe('formatAge', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  it.each([
    ['2026-11-21T12:00:30Z', 'just now'],
    ['2026-11-21T11:55:00Z', '5 minutes ago'],
    ['2026-11-21T09:00:00Z', '3 hours ago'],
    ['2026-11-20T11:00:00Z', 'yesterday'],
    ['2026-03-03T12:00:00Z', '3 Mar 2026'],
  ])('shows %s as %s', (iso, text) => expect(formatAge(iso, now)).toBe(text));
});

describe('countOf', () => {
  it('knows one from many', () => {
    expect([countOf(1, 'page'), countOf(0, 'page'), countOf(1200, 'page')]).toEqual([
      '1 page',
      '0 pages',
      '1,200 pages',
    ]);
  });
});
