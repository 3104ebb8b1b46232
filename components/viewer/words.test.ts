import { describe, expect, it } from 'vitest';
import type { Layout } from '#server/pages/layout.ts';
import { placeWords, wordAt } from './words.ts';

const word = (text: string, box: [number, number, number, number]) => ({
  text,
  box,
  confidence: 90,
  provenance: 'ocr' as const,
});
const line = (...words: ReturnType<typeof word>[]) => ({
  box: [0, 0, 100, 20] as [number, number, number, number],
  baseline: null,
  words,
});
const layout = {
  blocks: [
    {
      kind: 'text',
      box: [0, 0, 100, 20],
      lines: [line(word('one', [0, 0, 40, 20]), word('two', [50, 0, 90, 20]))],
    },
    { kind: 'text', box: [0, 40, 100, 60], lines: [line(word('three', [0, 40, 60, 60]))] },
  ],
} as unknown as Layout;

describe('placeWords', () => {
  it('numbers the words through all blocks', () => {
    const words = placeWords(layout)
      .flat()
      .flatMap((placed) => placed.words);
    expect(words.map(({ text, index }) => [text, index])).toEqual([
      ['one', 0],
      ['two', 1],
      ['three', 2],
    ]);
  });
});

describe('wordAt', () => {
  it('finds the word whose box holds the point', () => {
    expect(wordAt(placeWords(layout), 10, 50)?.text).toBe('three');
  });

  it('finds nothing between words', () => {
    expect(wordAt(placeWords(layout), 45, 10)).toBeUndefined();
  });
});
