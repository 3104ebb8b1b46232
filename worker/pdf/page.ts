import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { TextItem } from 'pdfjs-dist/types/src/display/api.js';
import { FanfoldError, toFanfoldError } from '#server/errors.ts';
import type { Block, Box } from '#server/pages/layout.ts';
import { type PreparedPage, UNREAD } from '#worker/page/prepared.ts';
import type { Limits, RecognizeTask, SourceFile } from '#worker/page/protocol.ts';
import type { PageRaster } from '#worker/page/raster.ts';
import { imageComplaints, resetComplaints } from './complaints.ts';
import { decide } from './decide.ts';
import { closeDocument, openDocument } from './document.ts';
import { assertWithinLimits, resetLimits } from './guards.ts';
import type { Matrix } from './matrix.ts';
import { nativeBlocks, visibleItems } from './native-text.ts';
import { type PageContent, readOperators } from './operators.ts';
import { renderPage } from './render.ts';
import { drawDpi, fitDpi, NATIVE_DPI, type PageSize, POINTS_PER_INCH } from './resolution.ts';
import { decodedImage, findScan, rasterOfScan } from './scan.ts';

/** Dots per inch of a picture that is only looked at. */
const PREVIEW_DPI = 144;
/** Pixels of the long side above which it would be shrunk anyway. */
const PREVIEW_SIDE = 1_800;
/** The same of a page that is looked at closely. */
const LARGE_DPI = 300;
const LARGE_SIDE = 4_000;
/** Points of a side below which no text fits. */
const LEAST_SIDE = 3;

interface OpenPage {
  proxy: PDFPageProxy;
  size: PageSize;
  limits: Limits;
}

/** Prepares one page of a PDF, numbered from 1. */
export async function preparePdfPage(task: RecognizeTask): Promise<PreparedPage> {
  const { mode, dpi } = task.options;
  return withPage(task.source, task.page, task.limits, async (page) => {
    if (Math.min(page.size.width, page.size.height) < LEAST_SIDE) return tooSmall(page);
    const toPage = viewportMatrix(page.proxy, POINTS_PER_INCH);
    const content = readOperators(await page.proxy.getOperatorList(), toPage);
    assertWithinLimits();
    const decision = decide(content, boxOf(page.size), mode);
    const { reason, source: from } = decision;
    if (from === 'blank' || from === 'native') {
      const size = nominalSize(page);
      const blocks = from === 'native' ? await readText(page, content, size.dpi) : [];
      const warnings = await imageWarnings(page.proxy, content);
      if (mode === 'off' && from === 'native' && blocks.length === 0) warnings.push(UNREAD);
      return { kind: 'finished', source: from, ...size, blocks, reason, warnings };
    }
    const raster = await draw(page, content, dpi);
    const warnings = await imageWarnings(page.proxy, content);
    const native = from === 'mixed' ? await readText(page, content, raster.gray.dpi) : [];
    return { kind: 'drawn', raster, native, reason, warnings };
  });
}

/** Draws one page to be looked at. */
export async function drawPdfPage(
  source: SourceFile,
  number: number,
  limits: Limits,
  large = false,
): Promise<PageRaster> {
  return withPage(source, number, limits, async ({ proxy, size }) => {
    const side = Math.max(size.width, size.height);
    const [dpi, most] = large ? [LARGE_DPI, LARGE_SIDE] : [PREVIEW_DPI, PREVIEW_SIDE];
    return renderPage(proxy, Math.min(dpi, (most / side) * POINTS_PER_INCH));
  });
}

async function withPage<T>(
  source: SourceFile,
  number: number,
  limits: Limits,
  use: (page: OpenPage) => Promise<T>,
): Promise<T> {
  resetComplaints();
  resetLimits(() => void closeDocument());
  const proxy = await getPage(await openDocument(source, limits), number);
  try {
    const { width, height } = proxy.getViewport({ scale: 1 });
    const size = { width, height };
    if (!Number.isFinite(width * height)) throw new FanfoldError('PAGE_TOO_LARGE');
    return await use({ proxy, size, limits });
  } catch (error) {
    assertWithinLimits();
    throw toFanfoldError(error, 'RENDER_FAILED');
  } finally {
    proxy.cleanup();
  }
}

async function getPage(document: PDFDocumentProxy, number: number): Promise<PDFPageProxy> {
  return document.getPage(number).catch((error) => {
    throw new FanfoldError('CORRUPT_FILE', {
      sentence: 'The page is damaged and cannot be opened.',
      detail: `page ${number}: ${error instanceof Error ? error.message : error}`,
      cause: error,
    });
  });
}

function boxOf({ width, height }: PageSize): Box {
  return [0, 0, width, height];
}

/** From points of the PDF to pixels at this resolution, upright, y down. */
function viewportMatrix(proxy: PDFPageProxy, dpi: number): Matrix {
  return proxy.getViewport({ scale: dpi / POINTS_PER_INCH }).transform as unknown as Matrix;
}

/** The text that a page shows, in pixels at `dpi` of the page as displayed. */
export async function shownText(proxy: PDFPageProxy, dpi: number): Promise<Block[]> {
  const toPage = viewportMatrix(proxy, POINTS_PER_INCH);
  const content = readOperators(await proxy.getOperatorList(), toPage);
  return readText({ proxy }, content, dpi);
}

async function readText({ proxy }: Pick<OpenPage, 'proxy'>, content: PageContent, dpi: number) {
  const { items, styles } = await proxy.getTextContent();
  const visible = visibleItems(items as TextItem[], content.glyphs);
  return nativeBlocks(visible, styles, viewportMatrix(proxy, dpi));
}

/** Nothing is lost: there is no room for a letter. */
function tooSmall(page: OpenPage): PreparedPage {
  const reason = 'The page is smaller than a letter.';
  return {
    kind: 'finished',
    source: 'blank',
    ...nominalSize(page),
    blocks: [],
    reason,
    warnings: [reason],
  };
}

function nominalSize({ size, limits }: OpenPage) {
  const dpi = fitDpi(NATIVE_DPI, size, limits);
  const pixels = (points: number) => Math.max(1, Math.round((points * dpi) / POINTS_PER_INCH));
  return { width: pixels(size.width), height: pixels(size.height), dpi };
}

async function draw(
  { proxy, size, limits }: OpenPage,
  content: PageContent,
  dpi: number | null,
): Promise<PageRaster> {
  const scan = findScan(content, size);
  const taken = scan && (await rasterOfScan(proxy, scan, size, { limits, dpi }));
  if (taken) return taken;
  return renderPage(proxy, fitDpi(dpi ?? drawDpi(content, boxOf(size)), size, limits));
}

/**
 * What became of images that were left out: an error where the page has nothing else, so that it is
 * never taken for a blank one, else a warning.
 */
async function imageWarnings(proxy: PDFPageProxy, content: PageContent): Promise<string[]> {
  const failed = await failedImages(proxy, content);
  assertWithinLimits();
  const { tooLarge, unreadable } = imageComplaints();
  const lost = failed + unreadable;
  const rest = content.glyphs.some((glyph) => glyph.visible) || content.images.length > failed;
  if (tooLarge > 0 && !rest) throw new FanfoldError('IMAGE_TOO_LARGE');
  if (lost > 0 && !rest) throw new FanfoldError('IMAGE_UNREADABLE');
  return [
    ...(tooLarge > 0
      ? [`Images left out because they are larger than can be decoded safely: ${tooLarge}.`]
      : []),
    ...(lost > 0 ? [`Images left out because they could not be decoded: ${lost}.`] : []),
  ];
}

/** Waits for the images of the page and counts those that could not be decoded. */
async function failedImages(proxy: PDFPageProxy, { images }: PageContent): Promise<number> {
  const ids = new Set(images.flatMap(({ id }) => id ?? []));
  const found = await Promise.all([...ids].map((id) => decodedImage(proxy, id)));
  return found.filter((image) => image === null).length;
}
