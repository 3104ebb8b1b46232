import type { Block, Box, Layout, Line } from '#server/pages/layout.ts';
import { cleanText } from '../page/text.ts';
import { failureText } from './failed-page.ts';
import type { OutputWriter } from './index.ts';
import { rounded, wholePixels } from './numbers.ts';

const COLUMNS = [
  'level',
  'page_num',
  'block_num',
  'par_num',
  'line_num',
  'word_num',
  'left',
  'top',
  'width',
  'height',
  'conf',
  'text',
];
const LEVEL = { page: 1, block: 2, paragraph: 3, line: 4, word: 5 };
/** Of what is not a word. */
const NO_CONFIDENCE = -1;
/** Of the PDF's own text, which was not recognised. */
const CERTAIN = 100;

/** Tesseract's table: a row for each page, block, paragraph, line and word; boxes in pixels. */
export const writeTsv: OutputWriter = async function* (_document, pages) {
  yield `${COLUMNS.join('\t')}\n`;
  for await (const page of pages) {
    if ('layout' in page) yield pageRows(page.layout);
    else {
      yield row(LEVEL.page, [page.number], [0, 0, 0, 0], NO_CONFIDENCE, `[${failureText(page)}]`);
    }
  }
};

function pageRows({ page, width, height, blocks }: Layout): string {
  return (
    row(LEVEL.page, [page], [0, 0, width, height]) +
    blocks.map((block, index) => blockRows(block, [page, index + 1])).join('')
  );
}

function blockRows(block: Block, at: number[]): string {
  const paragraph = [...at, 1];
  return (
    row(LEVEL.block, at, block.box) +
    row(LEVEL.paragraph, paragraph, block.box) +
    block.lines.map((line, index) => lineRows(line, [...paragraph, index + 1])).join('')
  );
}

function lineRows(line: Line, at: number[]): string {
  const words = line.words.map(({ box, confidence, text }, index) =>
    row(LEVEL.word, [...at, index + 1], box, rounded(confidence ?? CERTAIN, 2), text),
  );
  return row(LEVEL.line, at, line.box) + words.join('');
}

/** `at`: the numbers of the page, block, paragraph, line and word as far as they go. */
function row(level: number, at: number[], box: Box, confidence = NO_CONFIDENCE, text = ''): string {
  const [x0, y0, x1, y1] = wholePixels(box);
  const numbers = [...at, 0, 0, 0, 0].slice(0, 5);
  const cell = cleanText(text).replace(/\s+/g, ' ');
  return `${[level, ...numbers, x0, y0, x1 - x0, y1 - y0, confidence, cell].join('\t')}\n`;
}
