import { describe, expect, test } from 'vitest';
import { buildLayout } from '#fixtures/layouts.ts';
import { type Layout, layoutText, layoutWords } from '../pages/layout.ts';
import { applyCorrections, type Correction, traceCorrections } from './apply.ts';
import { shareBox } from './locate.ts';
import { planCorrection } from './plan.ts';

/** Lines of words, each 80 pixels wide and 100 from the next. */
function layoutOf(...lines: string[]): Layout {
  return buildLayout({
    lines: lines.map((line, row) => ({
      words: line.split(' ').map((text, column) => {
        const [x, y] = [100 + column * 100, 100 + row * 50];
        return [text, [x, y, x + 80, y + 30]];
      }),
    })),
  });
}

function correction(layout: Layout, firstWord: number, wordCount: number, newText: string) {
  const words = layoutWords(layout).slice(firstWord, firstWord + wordCount);
  return {
    id: `${firstWord}+${wordCount}`,
    firstWord,
    wordCount,
    box: shareBox(words, layout),
    oldText: words.map(({ text }) => text).join(' '),
    newText,
  } satisfies Correction;
}

const read = layoutOf('The qnick brown', 'fox jum ps', 'over');

describe('applyCorrections', () => {
  test('a corrected word keeps its place and is no longer doubted', () => {
    const layout = applyCorrections(read, [correction(read, 1, 1, 'quick')]);
    expect(layoutText(layout)).toBe('The quick brown\n\nfox jum ps\n\nover');
    expect(layoutWords(layout)[1]).toEqual({
      ...layoutWords(read)[1],
      text: 'quick',
      confidence: 100,
    });
    expect(layout.confidence).toBeGreaterThan(read.confidence ?? 100);
  });

  test('without corrections the layout is the same object', () => {
    expect(applyCorrections(read, [])).toBe(read);
  });

  test('words that became one fill the box around them', () => {
    const layout = applyCorrections(read, [correction(read, 4, 2, 'jumps')]);
    expect(layoutWords(layout).slice(3)).toMatchObject([
      { text: 'fox' },
      { text: 'jumps', box: [200, 150, 380, 180] },
      { text: 'over' },
    ]);
  });

  test('a word that became two is divided by their letters, from the right where lines run so', () => {
    const [one, two] = layoutWords(applyCorrections(read, [correction(read, 0, 1, 'I he')]));
    expect([one?.box, two?.box]).toEqual([
      [100, 100, 120, 130],
      [140, 100, 180, 130],
    ]);
    const hebrew = buildLayout({
      lines: [
        {
          words: [
            ['אב', [300, 100, 380, 130]],
            ['גד', [200, 100, 280, 130]],
          ],
        },
      ],
    });
    const boxes = layoutWords(applyCorrections(hebrew, [correction(hebrew, 0, 2, 'א ב ג')]));
    expect(boxes.map(({ box }) => box[0])).toEqual([344, 272, 200]);
  });

  test('removed words leave no empty line, but tables keep theirs', () => {
    const removed = applyCorrections(read, [correction(read, 6, 1, '')]);
    expect(layoutText(removed)).toBe('The qnick brown\n\nfox jum ps');
    const [block] = read.blocks;
    const table = { rows: 1, columns: 1, cells: [] };
    const tabular = { ...read, blocks: [{ ...block, kind: 'table', table }] } as unknown as Layout;
    const emptied = applyCorrections(tabular, [correction(tabular, 0, 3, '')]);
    expect(emptied.blocks[0]?.lines).toMatchObject([{ words: [] }]);
  });
});

describe('after the page was read again', () => {
  const made = [correction(read, 1, 1, 'quick'), correction(read, 4, 2, 'jumps')];

  test('a correction counts where the same words stand at the same place', () => {
    const again = layoutOf('The qnick brown', 'fox jum ps', 'over');
    again.blocks.unshift(...layoutOf('heading').blocks);
    for (const [index, box] of layoutWords(read).entries()) {
      const word = layoutWords(again)[index + 1];
      if (word) word.box = box.box.map((edge) => edge + 2) as typeof word.box;
    }
    const traced = traceCorrections(again, made);
    expect(traced.unplaced).toEqual([]);
    expect(layoutText(applyCorrections(again, made))).toContain('The quick brown\n\nfox jumps');
  });

  test('it is kept for review where the words or their place are others', () => {
    const other = layoutOf('The gnick brown', 'fox', 'jum ps');
    expect(traceCorrections(other, made).unplaced).toEqual(made.map(({ id }) => id));
    expect(layoutText(applyCorrections(other, made))).toBe(layoutText(other));
  });

  test('it is met where the page now reads what was typed', () => {
    const better = layoutOf('The quick brown', 'fox jum ps', 'over');
    const traced = traceCorrections(better, made);
    expect(traced.unplaced).toEqual([]);
    expect(layoutWords(applyCorrections(better, made))[1]?.confidence).toBe(100);
  });

  test('it is found on a raster of another size', () => {
    const half = structuredClone(read);
    half.width /= 2;
    half.height /= 2;
    for (const word of layoutWords(half)) {
      word.box = word.box.map((edge) => edge / 2) as typeof word.box;
    }
    expect(traceCorrections(half, made).unplaced).toEqual([]);
  });
});

describe('planCorrection', () => {
  const plan = (layout: Layout, before: Correction[], first: number, count: number, text: string) =>
    planCorrection(traceCorrections(layout, before), {
      first,
      count,
      shown: layoutText(applyCorrections(layout, before)).split('\n\n')[0] ?? '',
      text,
    });

  test('only the words of a line that were changed are corrected', () => {
    expect(plan(read, [], 0, 3, 'The quick brown')).toMatchObject({
      firstWord: 1,
      wordCount: 1,
      oldText: 'qnick',
      newText: 'quick',
      replaces: [],
    });
  });

  test('a word that was put in goes with its neighbour', () => {
    expect(plan(read, [], 0, 3, 'The very qnick brown')).toMatchObject({
      firstWord: 1,
      wordCount: 1,
      newText: 'very qnick',
    });
  });

  test('the same text confirms what is there', () => {
    expect(plan(read, [], 0, 3, 'The qnick brown')).toMatchObject({
      firstWord: 0,
      wordCount: 3,
      oldText: 'The qnick brown',
      newText: 'The qnick brown',
    });
  });

  test('a later correction replaces an earlier one of the same words', () => {
    const before = [correction(read, 1, 2, 'quick bown')];
    expect(plan(read, before, 0, 3, 'The quick brown')).toMatchObject({
      firstWord: 1,
      wordCount: 2,
      oldText: 'qnick brown',
      newText: 'quick brown',
      replaces: before.map(({ id }) => id),
    });
  });

  test('refuses words that read otherwise by now, and words of several lines', () => {
    const traced = traceCorrections(read, []);
    const input = { first: 1, count: 1, shown: 'quick', text: 'Quick' };
    expect(() => planCorrection(traced, input)).toThrow('CONFLICT');
    expect(() => planCorrection(traced, { ...input, first: 2, count: 2 })).toThrow('INVALID_INPUT');
  });
});
