import type { PageOptions } from '#server/documents/schemas.ts';
import type { Box } from '#server/pages/layout.ts';
import { area, overlap } from '#worker/page/boxes.ts';
import { transformBox } from './matrix.ts';
import type { PageContent, PageGlyph } from './operators.ts';
import type { PaintedImage } from './painted-images.ts';
import { looksRead, untrustedFonts } from './trust.ts';

/** Images that cover less of the page in all are logos, signatures, decoration. */
const LEAST_IMAGES_SHARE = 0.06;
/** An image with fewer pixels holds no text. */
const LEAST_IMAGE_PIXELS = 1_000;
/** Untrusted characters below this share of the page's are bullets and ornaments. */
const LEAST_UNTRUSTED_SHARE = 0.05;
/** A page with less text than this may well say more in outlines. */
const FEW_CHARACTERS = 40;
/** That many paths may be letters drawn as outlines. */
const MANY_PATHS = 60;

const UNIT_SQUARE: Box = [0, 0, 1, 1];

/** How a page is to be taken, and why, in one sentence. */
export interface Decision {
  /** `native` keeps text and reads nothing, `ocr` reads all and keeps nothing, `mixed` does both. */
  source: 'native' | 'ocr' | 'mixed' | 'blank';
  reason: string;
  /** Fonts whose text is not kept. */
  untrusted: ReadonlySet<string>;
  /** Whether the hidden text of an earlier OCR is kept. */
  oldOcr: boolean;
  /** What is read where the page is `mixed`: these parts in points of the page, or null for all. */
  regions: Box[] | null;
}

/**
 * Decides from what a page paints; `page` is its box in points as displayed, `hidden` the words that
 * its hidden text is made of.
 */
export function decide(
  content: PageContent,
  page: Box,
  mode: PageOptions['mode'],
  hidden: string[],
): Decision {
  const visible = content.glyphs.filter((glyph) => glyph.visible);
  const untrusted = new Set([...importantFonts(visible), ...content.pictureFonts]);
  const trusted = visible.filter(({ font }) => !untrusted.has(font)).length;
  const oldOcr = mode === 'off' || (mode === 'auto' && looksRead(hidden));
  const nothing: Decision = { source: 'blank', reason: '', untrusted, oldOcr, regions: null };
  const all = (reason: string): Decision => ({ ...nothing, source: 'ocr', oldOcr: false, reason });

  if (isEmpty(content)) return { ...nothing, reason: 'Nothing is drawn on the page.' };
  if (mode === 'off') {
    const reason = 'Only the text that is there was to be taken.';
    return { ...nothing, source: 'native', untrusted: new Set(), reason };
  }
  if (mode === 'force') return all('The whole page was to be read.');
  if (trusted === 0 && !oldOcr) return all(reasonToRead(content, untrusted, mode));
  const { regions, reason } = restToRead(content, page, { visible, untrusted });
  if (reason) return { ...nothing, source: 'mixed', regions, reason: withOldOcr(reason, oldOcr) };
  const own = trusted > 0 ? 'The page holds its own text.' : 'The page holds hidden text.';
  return { ...nothing, source: 'native', reason: own };
}

function isEmpty(content: PageContent): boolean {
  const { glyphs, annotationGlyphs, blanks, images, paths, shadings } = content;
  return glyphs.length + annotationGlyphs + blanks + images.length + paths + shadings === 0;
}

/** The untrusted fonts, unless they write so little that nobody would miss it. */
function importantFonts(visible: PageGlyph[]): Set<string> {
  const fonts = untrustedFonts(visible);
  const lost = visible.filter(({ font }) => fonts.has(font)).length;
  return lost > LEAST_UNTRUSTED_SHARE * visible.length ? fonts : new Set();
}

function reasonToRead(
  { glyphs, images }: PageContent,
  untrusted: Set<string>,
  mode: PageOptions['mode'],
): string {
  if (untrusted.size > 0) {
    return 'The text of the PDF has characters without a meaning, so the page was read.';
  }
  if (glyphs.length > 0) {
    const why = mode === 'redo' ? 'as was asked for' : 'since that text looks wrong';
    return `The page is a picture with hidden text from an earlier OCR; it was read again, ${why}.`;
  }
  if (images.length > 0) return 'The page is a picture without text of its own.';
  return 'The page is drawn without text of its own.';
}

/** What may hold text beside the text that is kept; no reason where there is nothing. */
function restToRead(
  content: PageContent,
  page: Box,
  { visible, untrusted }: { visible: PageGlyph[]; untrusted: Set<string> },
): { regions: Box[] | null; reason?: string } {
  if (content.annotationGlyphs > 0) {
    const reason = 'Form fields or notes hold text of their own, so the page was read as well.';
    return { regions: null, reason };
  }
  if (visible.length < FEW_CHARACTERS && content.paths > MANY_PATHS) {
    const reason = 'The page has little text and many outlines, so it was read as well.';
    return { regions: null, reason };
  }
  const unreadable = visible.filter(({ font }) => untrusted.has(font)).map(boxOfGlyph);
  const pictures = largeImages(content.images, page);
  const regions = [...pictures.boxes, ...unreadable];
  if (unreadable.length > 0) {
    const reason = 'Some text of the PDF has characters without a meaning; it was read instead.';
    return { regions, reason };
  }
  if (pictures.boxes.length === 0) return { regions };
  const percent = Math.round(pictures.share * 100);
  const reason = `Images cover ${percent} % of the page; what the text leaves of them was read.`;
  return { regions, reason };
}

function withOldOcr(reason: string, oldOcr: boolean): string {
  return oldOcr ? `The hidden text of an earlier OCR was kept. ${reason}` : reason;
}

/** Generous: what is not in it is not read. */
function boxOfGlyph({ x, y, height }: PageGlyph): Box {
  return [x - 0.3 * height, y - 1.1 * height, x + 1.2 * height, y + 0.4 * height];
}

function largeImages(images: PaintedImage[], page: Box): { boxes: Box[]; share: number } {
  const boxes = readableImages(images).map(({ matrix }) => transformBox(matrix, UNIT_SQUARE));
  const covered = boxes.reduce((sum, box) => sum + overlap(box, page), 0);
  const share = Math.min(1, covered / area(page));
  return { boxes: share < LEAST_IMAGES_SHARE ? [] : boxes, share };
}

/** Images that may hold text. */
export function readableImages(images: PaintedImage[]): PaintedImage[] {
  return images.filter(({ width, height }) => !(width * height < LEAST_IMAGE_PIXELS));
}
