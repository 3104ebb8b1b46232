import type { PageOptions } from '#server/documents/schemas.ts';
import type { Box } from '#server/pages/layout.ts';
import { area, overlap } from '#worker/page/boxes.ts';
import { transformBox } from './matrix.ts';
import type { PageContent, PaintedImage } from './operators.ts';

/** Images that cover less of the page than this are logos, signatures, decoration. */
const LARGE_IMAGE_SHARE = 0.3;
/** A share of unknown characters above which the page's text is not to be trusted. */
const MAX_UNMAPPED_SHARE = 0.1;
/** A page with less text than this may well say more in outlines. */
const FEW_CHARACTERS = 40;
/** That many paths may be letters drawn as outlines. */
const MANY_PATHS = 60;
/** An image with fewer pixels holds no text. */
const LEAST_IMAGE_PIXELS = 1_000;

const UNIT_SQUARE: Box = [0, 0, 1, 1];
/** Replacement characters, private use, and controls: glyphs without a meaning. */
const UNMAPPED = /[\ufffd\p{Private_Use}\p{Control}]/u;

/** How a page is to be taken, and why, in one sentence. */
export interface Decision {
  source: 'native' | 'ocr' | 'mixed' | 'blank';
  reason: string;
  /** Hidden text that some earlier OCR has put under the picture of the page. */
  hiddenText: boolean;
}

/** Decides from what a page paints; `page` is its box in points as displayed. */
export function decide(content: PageContent, page: Box, mode: PageOptions['mode']): Decision {
  const visible = content.glyphs.filter((glyph) => glyph.visible);
  const hidden = content.glyphs.length - visible.length;
  const unmapped = visible.filter((glyph) => UNMAPPED.test(glyph.text)).length;
  const imageShare = coveredShare(content.images, page);
  const decision = (source: Decision['source'], reason: string): Decision => ({
    source,
    reason,
    hiddenText: hidden > 0,
  });

  const marks = visible.length + content.annotationGlyphs + content.images.length;
  if (marks + content.paths + content.shadings === 0)
    return decision('blank', 'Nothing is drawn on the page.');
  if (mode === 'off') return decision('native', 'Only the text that is there was to be taken.');
  if (mode === 'force') return decision('ocr', 'The whole page was to be read.');
  if (visible.length === 0) return decision('ocr', reasonToRead(hidden, imageShare));
  if (unmapped / visible.length > MAX_UNMAPPED_SHARE) {
    return decision(
      'ocr',
      'The text of the PDF has characters without a meaning, so the page was read.',
    );
  }
  if (imageShare > LARGE_IMAGE_SHARE) {
    const percent = Math.round(imageShare * 100);
    return decision(
      'mixed',
      `Images cover ${percent} % of the page, so they were read beside its own text.`,
    );
  }
  if (content.annotationGlyphs > 0) {
    return decision(
      'mixed',
      'Form fields or notes hold text of their own, so the page was read as well.',
    );
  }
  if (visible.length < FEW_CHARACTERS && content.paths > MANY_PATHS) {
    return decision('mixed', 'The page has little text and many outlines, so it was read as well.');
  }
  return decision('native', 'The page holds its own text.');
}

function reasonToRead(hidden: number, imageShare: number): string {
  if (hidden > 0)
    return 'The page is a picture with hidden text from an earlier OCR, so it was read again.';
  if (imageShare > 0) return 'The page is a picture without text of its own.';
  return 'The page is drawn without text of its own.';
}

/** Images that may hold text. */
export function readableImages(images: PaintedImage[]): PaintedImage[] {
  return images.filter(({ width, height }) => !(width * height < LEAST_IMAGE_PIXELS));
}

/** The share of the page under images, which rarely overlap each other. */
function coveredShare(images: PaintedImage[], page: Box): number {
  const covered = readableImages(images).reduce(
    (sum, image) => sum + overlap(transformBox(image.matrix, UNIT_SQUARE), page),
    0,
  );
  return Math.min(1, covered / area(page));
}
