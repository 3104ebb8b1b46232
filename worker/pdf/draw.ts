import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { FanfoldError } from '#server/errors.ts';
import type { Limits, SourceFile } from '#worker/page/protocol.ts';
import { isBlank, type PageRaster } from '#worker/page/raster.ts';
import { contentIsDamaged, imageComplaints } from './complaints.ts';
import { assertWithinLimits, soundJpegs } from './guards.ts';
import type { PageContent } from './operators.ts';
import { withPdfium } from './pdfium-renderer.ts';
import { pdfjsRenderer } from './pdfjs-renderer.ts';
import { drawDpi, fitDpi, type PageSize } from './resolution.ts';
import { decodedImage, findScan, rasterOfScan } from './scan.ts';

/** A page that pdf.js has opened. */
export interface OpenPage {
  document: PDFDocumentProxy;
  proxy: PDFPageProxy;
  source: SourceFile;
  /** From 1. */
  number: number;
  size: PageSize;
  limits: Limits;
}

export interface DrawnRaster {
  raster: PageRaster;
  /** What a reader should know of the picture, as sentences. */
  warnings: string[];
}

/** Dots per inch at which a blank picture is looked at again. */
const GLANCE_DPI = 50;
/** The second renderer's page is taken where it has this many times the ink of the first one's. */
const MORE_INK = 1.02;

/**
 * The pixels of a page: of its scan where it is nothing else, else drawn by pdf.js. Where that fails,
 * leaves images out, or draws nothing of a page with images, PDFium gives the second opinion. Throws
 * IMAGE_TOO_LARGE or IMAGE_UNREADABLE where the page has nothing but images that both leave out.
 */
export async function drawPage(
  page: OpenPage,
  content: PageContent,
  dpi: number | null,
): Promise<DrawnRaster> {
  const { proxy, size, limits } = page;
  const scan = findScan(content, size);
  const taken = scan && (await rasterOfScan(proxy, scan, size, { limits, dpi }));
  const wanted = fitDpi(dpi ?? drawDpi(content, [0, 0, size.width, size.height]), size, limits);
  const first = taken ?? (await pdfjsRenderer(proxy).render(wanted).catch(renderFailure));
  const lost = await lostImages(proxy, content);
  // A scan whose decoder has nothing to complain of is as blank as it looks.
  const sound = taken !== null && soundJpegs() > 0;
  const blank = content.images.length > 0 && !sound && isBlankRaster(first);
  const doubt = doubtOf(first, lost, blank);
  const second = doubt && (await askPdfium(page, { first, blank }, wanted));
  if (second) return { raster: second, warnings: [`${doubt} PDFium has drawn it instead.`] };
  if (first instanceof FanfoldError) throw first;
  if (blank && !hasText(content) && (lost.unreadable > 0 || contentIsDamaged())) {
    throw new FanfoldError('IMAGE_UNREADABLE');
  }
  const unseen = blank && !taken ? ['The page has images, but nothing of them is seen.'] : [];
  return { raster: first, warnings: [...warningsOf(lost, content), ...unseen] };
}

function renderFailure(error: unknown): FanfoldError {
  assertWithinLimits();
  if (error instanceof FanfoldError && error.code === 'RENDER_FAILED') return error;
  throw error;
}

export interface LostImages {
  tooLarge: number;
  unreadable: number;
  /** Of those that the page paints by name. */
  failed: number;
}

/** Waits for the images of the page and counts those that were left out. */
export async function lostImages(
  proxy: PDFPageProxy,
  { images }: PageContent,
): Promise<LostImages> {
  const ids = new Set(images.flatMap(({ id }) => id ?? []));
  const found = await Promise.all([...ids].map((id) => decodedImage(proxy, id)));
  assertWithinLimits();
  return { ...imageComplaints(), failed: found.filter((image) => image === null).length };
}

/** Why the first picture is not to be relied on; undefined where it is. */
function doubtOf(
  first: PageRaster | FanfoldError,
  { tooLarge, unreadable, failed }: LostImages,
  blank: boolean,
): string | undefined {
  if (tooLarge > 0) return undefined;
  if (first instanceof FanfoldError) return 'pdf.js could not draw the page.';
  if (unreadable + failed > 0) return 'pdf.js could not decode every image of the page.';
  return blank ? 'pdf.js draws the page blank.' : undefined;
}

function isBlankRaster(first: PageRaster | FanfoldError): boolean {
  return !(first instanceof FanfoldError) && isBlank(first.gray);
}

async function askPdfium(
  { source, number, size, limits }: OpenPage,
  { first, blank }: { first: PageRaster | FanfoldError; blank: boolean },
  dpi: number,
): Promise<PageRaster | undefined> {
  return withPdfium(source, number, async (page) => {
    if (!page) return undefined;
    if (blank && isBlank((await page.render(fitDpi(GLANCE_DPI, size, limits))).gray)) {
      return undefined;
    }
    const second = await page.render(fitDpi(dpi, page.size, limits));
    return first instanceof FanfoldError || inkShare(second) > MORE_INK * inkShare(first)
      ? second
      : undefined;
  }).catch(() => undefined);
}

/** How dark the page is on the whole, 0–1. */
function inkShare({ gray: { data } }: PageRaster): number {
  let sum = 0;
  for (const value of data) sum += 255 - value;
  return sum / (255 * data.length);
}

/**
 * What became of what was left out: an error where the page has nothing else, so that it is never
 * taken for a blank one, else a warning.
 */
export function warningsOf(lost: LostImages, content: PageContent): string[] {
  const { tooLarge, unreadable, failed } = lost;
  const count = failed + unreadable;
  const rest = hasText(content) || content.images.length > failed;
  if (tooLarge > 0 && !rest) throw new FanfoldError('IMAGE_TOO_LARGE');
  if (count > 0 && !rest) throw new FanfoldError('IMAGE_UNREADABLE');
  return [
    ...(tooLarge > 0 ? ['Images that are larger than can be decoded safely are left out.'] : []),
    ...(count > 0 ? ['Images that could not be decoded are left out.'] : []),
    ...(contentIsDamaged() ? ['The page is damaged in part; what stood there is missing.'] : []),
  ];
}

function hasText({ glyphs }: PageContent): boolean {
  return glyphs.some((glyph) => glyph.visible);
}
