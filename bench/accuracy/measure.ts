import type { ScannedPage, TruthBlock, TruthWord } from '#fixtures/accuracy/index.ts';
import { type Block, type Box, type Layout, layoutText, type Word } from '#server/pages/layout.ts';
import { area, overlap } from '#worker/page/boxes.ts';
import { normalizeText, ratesOf, score } from '../score.ts';

/** Percent of one page, but for the seconds. */
export interface PageResult {
  cer: number;
  f1: number;
  /** Words of the truth that were read right, at their place where that is known. */
  words: number;
  /** Words that follow each other in the truth and follow each other in what was read. */
  order?: number;
  /** Words in a block of the right kind. */
  kinds?: number;
  /** Cells of tables that hold their words and no other, in the right row and column. */
  cells?: number;
  /** CPU seconds. */
  cpu: number;
}

/** Share of a word's box that the box of the same word covers at least. */
const SAME_PLACE = 0.4;

interface ReadWord {
  word: Word;
  /** Among the words of the page, in reading order. */
  at: number;
  kind: Block['kind'];
  /** Of the block and the cell that it stands in. */
  cell: string | undefined;
  row: number;
  column: number;
}

/** Compares a layout with a text, whose words have no places. */
export function measureText(truth: string, layout: Layout, cpu: number): PageResult {
  const { cer, f1, recall } = ratesOf(score(truth, layoutText(layout)));
  return { cer, f1, words: recall, cpu };
}

/** Compares a layout with a page whose words, blocks and cells are known. */
export function measurePage(page: ScannedPage, layout: Layout, cpu: number): PageResult {
  const { blocks } = page;
  const truth = blocks.map(({ words }) => words.map(({ text }) => text).join(' ')).join('\n');
  const { cer, f1 } = ratesOf(score(truth, layoutText(layout)));
  const read = readWords(layout, page.width / layout.width);
  const matches = new Map<TruthWord, ReadWord>();
  for (const word of blocks.flatMap((block) => block.words)) {
    const match = findWord(word, read);
    if (match) matches.set(word, match);
  }
  const right = [...matches].filter(([word, { word: found }]) => sameText(word.text, found.text));
  const cells = cellShare(blocks, matches, read);
  return {
    cer,
    f1,
    words: percent(right.length, blocks.flatMap((block) => block.words).length),
    order: orderShare([...matches.values()].map(({ at }) => at)),
    kinds: kindShare(blocks, matches),
    ...(cells === undefined ? {} : { cells }),
    cpu,
  };
}

/** `scale`: pixels of the truth a pixel of the layout. */
function readWords(layout: Layout, scale: number): ReadWord[] {
  const words: ReadWord[] = [];
  layout.blocks.forEach((block, number) => {
    block.lines.forEach((line, lineAt) => {
      const cell =
        block.kind === 'table'
          ? block.table.cells.find(({ lines }) => lines.includes(lineAt))
          : undefined;
      const place = cell
        ? { cell: `${number}.${cell.row}.${cell.column}`, row: cell.row, column: cell.column }
        : { cell: undefined, row: 0, column: 0 };
      for (const word of line.words) {
        const box = word.box.map((value) => value * scale) as Box;
        words.push({ word: { ...word, box }, at: words.length, kind: block.kind, ...place });
      }
    });
  });
  return words;
}

/** The word at this place, the one of the same text first. */
function findWord(truth: TruthWord, read: ReadWord[]): ReadWord | undefined {
  const near = read.filter(({ word: { box } }) => {
    const shared = overlap(truth.box, box);
    return shared > SAME_PLACE * Math.max(1, Math.min(area(truth.box), area(box)));
  });
  return near.find(({ word }) => sameText(truth.text, word.text)) ?? near[0];
}

function sameText(one: string, other: string): boolean {
  return normalizeText(one) === normalizeText(other);
}

/** `places`: of the words of the truth among those read. */
function orderShare(places: number[]): number {
  const ranks = new Map([...new Set(places)].sort((a, b) => a - b).map((at, rank) => [at, rank]));
  let right = 0;
  for (let index = 1; index < places.length; index++) {
    const step =
      (ranks.get(places[index] as number) ?? 0) - (ranks.get(places[index - 1] as number) ?? 0);
    if (step === 0 || step === 1) right++;
  }
  return percent(right, places.length - 1);
}

function kindShare(blocks: TruthBlock[], matches: Map<TruthWord, ReadWord>): number {
  let right = 0;
  let all = 0;
  for (const block of blocks) {
    for (const word of block.words) {
      const match = matches.get(word);
      if (!match) continue;
      all++;
      if (match.kind === block.kind) right++;
    }
  }
  return percent(right, all);
}

/** Rows and columns may begin elsewhere, by as much for the whole table. */
function cellShare(
  blocks: TruthBlock[],
  matches: Map<TruthWord, ReadWord>,
  read: ReadWord[],
): number | undefined {
  const counts = new Map<string, number>();
  for (const { cell } of read) if (cell) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  let right = 0;
  let all = 0;
  for (const { cells } of blocks) {
    const shifts = new Map<string, number>();
    for (const cell of (cells ?? []).filter(({ words }) => words.length > 0)) {
      all++;
      const found = cell.words.map((word) => matches.get(word));
      const first = found[0];
      if (first?.cell === undefined) continue;
      const whole =
        found.every((match) => match?.cell === first.cell) &&
        new Set(found).size === counts.get(first.cell);
      if (!whole) continue;
      const shift = `${first.cell.split('.')[0]}:${first.row - cell.row}:${first.column - cell.column}`;
      shifts.set(shift, (shifts.get(shift) ?? 0) + 1);
    }
    right += Math.max(0, ...shifts.values());
  }
  return all === 0 ? undefined : percent(right, all);
}

function percent(part: number, whole: number): number {
  return whole <= 0 ? 100 : (100 * part) / whole;
}
