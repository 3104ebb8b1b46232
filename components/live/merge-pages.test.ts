import { describe, expect, it } from 'vitest';
import type { Page } from '../data/trpc.ts';
import { mergePages, mergeProgress, newestEvent } from './merge-pages.ts';

function page(number: number, change: Partial<Page> = {}): Page {
  return {
    number,
    status: 'processing',
    source: null,
    reason: null,
    progress: 0,
    attempts: 1,
    error: null,
    confidence: null,
    wordCount: null,
    layout: null,
    engine: null,
    usage: null,
    warnings: [],
    image: null,
    seq: 1,
    startedAt: null,
    finishedAt: null,
    ...change,
  };
}

describe('mergePages', () => {
  it('takes the view with the greater event number', () => {
    const merged = mergePages([page(1), page(2)], [page(2, { seq: 5, status: 'completed' })]);
    expect(merged.map(({ status }) => status)).toEqual(['processing', 'completed']);
  });

  it('keeps a newer view when an older one arrives late', () => {
    const known = [page(1, { seq: 5, status: 'completed' })];
    expect(mergePages(known, [page(1, { seq: 3 })])).toEqual(known);
  });

  it('does not let the progress of one attempt go back', () => {
    const known = [page(1, { progress: 60 })];
    expect(mergePages(known, [page(1, { progress: 40 })])[0]?.progress).toBe(60);
  });

  it('starts from zero with the next attempt', () => {
    const known = [page(1, { progress: 60 })];
    expect(mergePages(known, [page(1, { seq: 2, progress: 0 })])[0]?.progress).toBe(0);
  });

  it('adds pages that were unknown in their place', () => {
    const merged = mergePages([page(1), page(3)], [page(2)]);
    expect(merged.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('keeps the identity of pages that did not change', () => {
    const known = [page(1), page(2)];
    expect(mergePages(known, [page(2, { seq: 2 })])[0]).toBe(known[0]);
  });
});

describe('mergeProgress', () => {
  it('moves running pages forward only', () => {
    const known = [page(1, { progress: 50 }), page(2, { progress: 50 })];
    const merged = mergeProgress(known, [
      { number: 1, progress: 70 },
      { number: 2, progress: 30 },
    ]);
    expect(merged.map(({ progress }) => progress)).toEqual([70, 50]);
  });

  it('leaves pages alone that have ended', () => {
    const known = [page(1, { status: 'completed', progress: 0 })];
    expect(mergeProgress(known, [{ number: 1, progress: 70 }])).toBe(known);
  });
});

describe('newestEvent', () => {
  it('is the greatest event number of the pages', () => {
    expect(newestEvent([page(1, { seq: 4 }), page(2, { seq: 9 })])).toBe(9);
  });
});
