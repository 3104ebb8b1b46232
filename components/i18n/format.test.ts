import { describe, expect, it } from 'vitest';
import { createFormats, formatClock } from './format.ts';

const english = createFormats('en-GB');
const spanish = createFormats('es-ES');
/** Intl puts spaces that do not break. */
const plain = (text: string | null) => text?.replace(/[\u00a0\u202f]/g, ' ') ?? null;

describe('bytes', () => {
  it.each([
    [0, '0 B', '0 B'],
    [999, '999 B', '999 B'],
    [1_234_000, '1.2 MB', '1,2 MB'],
    [56_000_000, '56 MB', '56 MB'],
    [2_147_483_648, '2.1 GB', '2,1 GB'],
  ])('shows %i as %s, in Spanish %s', (bytes, inEnglish, inSpanish) => {
    expect([english.bytes(bytes), spanish.bytes(bytes)]).toEqual([inEnglish, inSpanish]);
  });
});

describe('span', () => {
  it.each([
    [null, '–', '–'],
    [0, '0 ms', '0 ms'],
    [11.6, '12 ms', '12 ms'],
    [3_420, '3.4 s', '3,4 s'],
    [125_000, '2 min', '2 min'],
    [5_400_000, '1.5 h', '1,5 h'],
  ])('shows %s milliseconds as %s, in Spanish %s', (span, inEnglish, inSpanish) => {
    expect([english.span(span), spanish.span(span)]).toEqual([inEnglish, inSpanish]);
  });
});

describe('age', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  it.each([
    ['2026-11-21T12:00:30Z', null, null],
    ['2026-11-21T11:55:00Z', '5 minutes ago', 'hace 5 minutos'],
    ['2026-11-21T09:00:00Z', '3 hours ago', 'hace 3 horas'],
    ['2026-11-20T11:00:00Z', 'yesterday', 'ayer'],
    ['2026-03-03T12:00:00Z', '3 Mar 2026', '3 mar 2026'],
  ])('shows %s as %s, in Spanish %s', (iso, inEnglish, inSpanish) => {
    expect([english.age(iso, now), spanish.age(iso, now)]).toEqual([inEnglish, inSpanish]);
  });
});

it('writes numbers and shares as they are written there', () => {
  expect([english.number(12_345), spanish.number(12_345)]).toEqual(['12,345', '12.345']);
  expect([english.percent(75), plain(spanish.percent(75))]).toEqual(['75%', '75 %']);
});

describe('formatClock', () => {
  it.each([
    [-5, '0:00'],
    [42_900, '0:42'],
    [725_000, '12:05'],
    [3_729_000, '1:02:09'],
  ])('shows %i ms as %s', (duration, text) => expect(formatClock(duration)).toBe(text));
});
