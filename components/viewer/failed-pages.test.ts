import { describe, expect, it } from 'vitest';
import type { Page } from '../data/trpc.ts';
import { groupFailedPages } from './failed-pages.ts';

const failed = (number: number, sentence: string) =>
  ({ number, status: 'failed', error: { code: 'PAGE_TIMEOUT', sentence } }) as Page;

describe('groupFailedPages', () => {
  it('puts pages with the same reason together, the most frequent first', () => {
    const pages = [
      failed(2, 'Too slow.'),
      { number: 3, status: 'completed' } as Page,
      failed(4, 'Broken.'),
      failed(9, 'Broken.'),
    ];
    expect(
      groupFailedPages(pages).map(({ sentence, pages: numbers }) => [sentence, numbers]),
    ).toEqual([
      ['Broken.', [4, 9]],
      ['Too slow.', [2]],
    ]);
  });
});
