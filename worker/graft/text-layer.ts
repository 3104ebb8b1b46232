import { isSpaced, type Line } from '#server/pages/layout.ts';
import type { Matrix } from '#worker/pdf/matrix.ts';
import { type Frame, frameOf, type Placed, type Point } from './frame.ts';
import { FONT, type GlyphlessFont } from './glyphless-font.ts';
import { pdfNumber } from './pdf-file.ts';
import { visualOrder } from './visual-order.ts';

/** Sizes of the letters; words further apart stand in different columns. */
const WIDEST_SPACE = 2;
/** Percent. */
const LEAST_STRETCH = 1;

/**
 * Content of a page that shows these lines as invisible text, each word stretched over its box.
 * `toPage` leads from the pixels of the boxes to the page's own space; the font is its resource `name`.
 */
export function textLayer(
  lines: Line[],
  toPage: Matrix,
  font: GlyphlessFont,
  name: string,
): string {
  const objects = lines.map((line) => lineObject(frameOf(line), toPage, font, name));
  return `q 3 Tr\n${objects.join('')}Q\n`;
}

function lineObject(frame: Frame, toPage: Matrix, font: GlyphlessFont, name: string): string {
  const [a, b, c, d] = toPage;
  const scale = Math.sqrt(Math.abs(a * d - b * c));
  const size = frame.size * scale;
  const { words } = frame;
  const pieces = words.flatMap((word, index) => withSpace(word, words[index + 1], frame.size));
  let last = { start: 0, rise: 0 };
  const shown = pieces.map((piece) => {
    const move = [(piece.start - last.start) * scale, (piece.rise - last.rise) * scale];
    last = piece;
    const text = visualOrder(piece.text);
    const natural = ([...text].length * FONT.width * size) / 1000;
    const stretch = Math.max(LEAST_STRETCH, ((piece.end - piece.start) * scale * 100) / natural);
    return `${move.map(pdfNumber).join(' ')} Td ${pdfNumber(stretch)} Tz ${font.encode(text)} Tj\n`;
  });
  const matrix = textMatrix(frame, toPage, scale).map(pdfNumber).join(' ');
  return `BT /${name} ${pdfNumber(size)} Tf ${matrix} Tm\n${shown.join('')}ET\n`;
}

/** From the line, its origin at the start of its baseline, to the page; both in the page's units. */
function textMatrix({ origin, direction }: Frame, toPage: Matrix, scale: number): Matrix {
  const [a, b, c, d, e, f] = toPage;
  const turned = ([x, y]: Point): Point => [(a * x + c * y) / scale, (b * x + d * y) / scale];
  const [x, y] = origin;
  const up: Point = [direction[1], -direction[0]];
  return [...turned(direction), ...turned(up), a * x + c * y + e, b * x + d * y + f];
}

/** The word and the space between it and the next one. */
function withSpace(word: Placed, next: Placed | undefined, size: number): Placed[] {
  if (!next || !isSpaced(word.text, next.text)) return [word];
  const space = { ...word, text: ' ', start: word.end, end: Math.max(next.start, word.end) };
  return space.end - space.start > WIDEST_SPACE * size ? [word] : [word, space];
}
