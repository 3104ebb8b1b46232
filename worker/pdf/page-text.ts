import type { TextItem } from 'pdfjs-dist/types/src/display/api.js';
import type { Word } from '#server/pages/layout.ts';
import type { Decision } from './decide.ts';
import { type Matrix, multiply } from './matrix.ts';
import type { PageGlyph } from './operators.ts';

/** A piece of the page's text and where it comes from. */
export interface PageText {
  item: TextItem;
  provenance: Extract<Word['provenance'], 'native' | 'old-ocr'>;
}

/** Points within which a piece of text begins where its first glyph stands. */
const TOLERANCE = 1;

/**
 * The pieces of the page's text that are on the page, each with its provenance: that of the glyph
 * which stands where it begins. `toPage` leads to points of the page as displayed.
 */
export function pageText(items: TextItem[], glyphs: PageGlyph[], toPage: Matrix): PageText[] {
  const places = Map.groupBy(glyphs, ({ x, y }) => placeKey(x, y));
  const shown = items.filter(({ str }) => str.trim() !== '');
  if (glyphs.every(({ visible }) => visible)) {
    return shown.map((item) => ({ item, provenance: 'native' }));
  }
  const usual = 2 * glyphs.filter(({ visible }) => visible).length > glyphs.length;
  return shown.map((item) => {
    const glyph = glyphOf(item, places, toPage);
    return { item, provenance: (glyph?.visible ?? usual) ? 'native' : 'old-ocr' };
  });
}

/** Hidden and visible text may stand in one place: each glyph answers for one piece. */
function glyphOf({ str, transform }: TextItem, places: Map<string, PageGlyph[]>, toPage: Matrix) {
  const [, , , , x, y] = multiply(toPage, transform as unknown as Matrix);
  for (const [dx, dy] of NEIGHBOURS) {
    const there = places.get(placeKey(x + dx * TOLERANCE, y + dy * TOLERANCE));
    const first = str.trim().at(0) ?? '';
    const at = there?.findIndex(({ text }) => text.startsWith(first)) ?? -1;
    if (there && at >= 0) return there.splice(at, 1)[0];
  }
  return undefined;
}

const STEPS = [0, -1, 1];
const NEIGHBOURS = STEPS.flatMap((dx) => STEPS.map((dy) => [dx, dy] as const));

function placeKey(x: number, y: number): string {
  return `${Math.round(x / TOLERANCE)} ${Math.round(y / TOLERANCE)}`;
}

/** The words of the text that an earlier OCR has hidden. */
export function hiddenWords(text: PageText[]): string[] {
  return text
    .filter(({ provenance }) => provenance === 'old-ocr')
    .flatMap(({ item }) => item.str.split(/\s+/).filter(Boolean));
}

export function isKept({ item, provenance }: PageText, decision: Decision): boolean {
  if (decision.source === 'ocr') return false;
  return provenance === 'old-ocr' ? decision.oldOcr : !decision.untrusted.has(item.fontName);
}
