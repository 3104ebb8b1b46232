import { describe, expect, it } from 'vitest';
import type { Page } from '../data/trpc.ts';
import { measurePace, roundRemaining } from './pace.ts';

const START = Date.parse('2026-11-21T12:00:00Z');
const iso = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

function page(number: number, change: Partial<Page>): Page {
  return {
    number,
    status: 'pending',
    source: null,
    reason: null,
    progress: 0,
    attempts: 0,
    error: null,
    confidence: null,
    wordCount: null,
    layout: null,
    engine: null,
    usage: null,
    warnings: [],
    image: null,
    seq: number,
    startedAt: null,
    finishedAt: null,
    ...change,
  };
}

/** A page that was read in the two seconds before `end`. */
const read = (number: number, end: number) =>
  page(number, { status: 'completed', startedAt: iso(end - 2), finishedAt: iso(end) });

describe('measurePace', () => {
  it('tells nothing before anything was measured', () => {
    const pages = [page(1, { status: 'processing', startedAt: iso(0) }), page(2, {})];
    expect(measurePace(pages, START + 60_000)).toEqual({
      since: START,
      pagesPerMinute: null,
      remaining: null,
    });
  });

  it('tells nothing after two pages in four seconds', () => {
    expect(measurePace([read(1, 2), read(2, 4), page(3, {})], START + 4_000).remaining).toBeNull();
  });

  it('extrapolates the measured seconds a page', () => {
    const pages = [read(1, 2), read(2, 4), read(3, 6), ...[4, 5, 6, 7].map((n) => page(n, {}))];
    expect(measurePace(pages, START + 6_000)).toEqual({
      since: START,
      pagesPerMinute: 30,
      remaining: 8_000,
    });
  });

  it('counts the part of a running page that is done', () => {
    const running = page(4, { status: 'processing', progress: 50, startedAt: iso(6) });
    const pages = [read(1, 2), read(2, 4), read(3, 6), running];
    expect(measurePace(pages, START + 6_000).remaining).toBe(1_000);
  });

  it('grows while nothing finishes', () => {
    const pages = [read(1, 2), read(2, 4), read(3, 6), page(4, {})];
    expect(measurePace(pages, START + 60_000).remaining).toBe(20_000);
  });

  it('leaves out what was read before a long pause', () => {
    const pages = [
      read(1, 2),
      read(2, 4),
      read(3, 3_602),
      read(4, 3_604),
      read(5, 3_606),
      page(6, {}),
    ];
    expect(measurePace(pages, START + 3_606_000)).toEqual({
      since: START + 3_600_000,
      pagesPerMinute: 30,
      remaining: 2_000,
    });
  });
});

describe('roundRemaining', () => {
  it.each([
    [20_000, 0, 0],
    [110_000, 0, 2],
    [3_600_000, 1, 0],
    [4_900_000, 1, 20],
  ])('takes %i ms for %i h %i min', (duration, hours, minutes) =>
    expect(roundRemaining(duration)).toEqual({ hours, minutes }),
  );
});
