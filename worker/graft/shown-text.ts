import type { PDFPageProxy } from 'pdfjs-dist';
import type { Box, Layout, Line } from '#server/pages/layout.ts';
import { area, overlap } from '#worker/page/boxes.ts';
import { transformBox } from '#worker/pdf/matrix.ts';
import { shownText } from '#worker/pdf/page.ts';
import { turnedBack } from './turned-back.ts';

/** A share of a word's box from which on the text that the page shows there is taken to say it. */
const COVERED = 0.5;
/** Glyphs without a meaning: what was read is all that can be searched. */
const UNMAPPED = /[\ufffd\p{Private_Use}\p{Control}]/u;

/** The lines without the words that stand where the page shows text of its own. */
export async function withoutShown(
  lines: Line[],
  proxy: PDFPageProxy,
  layout: Layout,
): Promise<Line[]> {
  const blocks = await shownText(proxy, layout.dpi);
  const shown = blocks
    .flatMap((block) => block.lines.flatMap(({ words }) => words))
    .filter(({ text }) => !UNMAPPED.test(text))
    .map(({ box }) => box);
  const toPage = turnedBack(layout);
  const isShown = (box: Box) => {
    const place = transformBox(toPage, box);
    const covered = shown.reduce((sum, other) => sum + overlap(place, other), 0);
    return covered > COVERED * area(place);
  };
  return lines
    .map((line) => ({ ...line, words: line.words.filter(({ box }) => !isShown(box)) }))
    .filter(({ words }) => words.length > 0);
}
