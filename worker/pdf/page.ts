import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { TextItem } from 'pdfjs-dist/types/src/display/api.js';
import { FanfoldError, toFanfoldError } from '#server/errors.ts';
import type { Block, Box } from '#server/pages/layout.ts';
import { type PreparedPage, UNREAD } from '#worker/page/prepared.ts';
import type { Limits, RecognizeTask, SourceFile } from '#worker/page/protocol.ts';
import type { PageRaster } from '#worker/page/raster.ts';
import { imageComplaints, resetComplaints } from './complaints.ts';
import { type Decision, decide } from './decide.ts';
import { closeDocument, openDocument } from './document.ts';
import { assertWithinLimits, resetLimits } from './guards.ts';
import { pdfjs } from './library.ts';
import type { Matrix } from './matrix.ts';
import { nativeBlocks, type TextStyles } from './native-text.ts';
import { type PageContent, readOperators } from './operators.ts';
import { hiddenWords, isKept, type PageText, pageText } from './page-text.ts';
import { renderPage } from './render.ts';
import { drawDpi, fitDpi, NATIVE_DPI, type PageSize, POINTS_PER_INCH } from './resolution.ts';
import { decodedImage, findScan, rasterOfScan } from './scan.ts';
import { leaveUnread } from './unread.ts';

/** Dots per inch of a picture that is only looked at. */
const PREVIEW_DPI = 144;
/** Pixels of the long side above which it would be shrunk anyway. */
const PREVIEW_SIDE = 1_800;
/** The same of a page that is looked at closely. */
const LARGE_DPI = 300;
const LARGE_SIDE = 4_000;
/** Points of a side below which no text fits. */
const LEAST_SIDE = 3;

interface TextOfPage {
  items: PageText[];
  styles: TextStyles;
}

const NO_TEXT: TextOfPage = { items: [], styles: {} };

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
    const content = await lookAt(page);
    const text = mode === 'force' ? NO_TEXT : await readText(page, content);
    const decision = decide(content, boxOf(page.size), mode, hiddenWords(text.items));
    const kept = { ...text, items: text.items.filter((item) => isKept(item, decision)) };
    if (decision.source === 'blank' || decision.source === 'native')
      return finished(page, content, decision, kept);
    const raster = await draw(page, content, dpi);
    const warnings = await imageWarnings(page.proxy, content);
    const native = nativeBlocks(
      kept.items,
      kept.styles,
      viewportMatrix(page.proxy, raster.gray.dpi),
    );
    const toRead = leaveUnread(raster.gray, decision.regions, native);
    return { kind: 'drawn', raster, toRead, native, reason: decision.reason, warnings };
  });
}

async function lookAt({ proxy, size }: OpenPage): Promise<PageContent> {
  const toPage = viewportMatrix(proxy, POINTS_PER_INCH);
  const content = readOperators(await proxy.getOperatorList(), toPage, size);
  assertWithinLimits();
  await uncover(proxy, content);
  return content;
}

/** Text shows through an image with transparent parts. */
async function uncover(proxy: PDFPageProxy, { glyphs }: PageContent): Promise<void> {
  for (const [id, covered] of Map.groupBy(glyphs, ({ under }) => under)) {
    const image = id === null ? null : await decodedImage(proxy, id);
    if (image && image.kind !== pdfjs.ImageKind.RGBA_32BPP) continue;
    if (id !== null) for (const glyph of covered) glyph.visible = true;
  }
}

async function finished(
  page: OpenPage,
  content: PageContent,
  { source, reason }: Decision,
  { items, styles }: TextOfPage,
): Promise<PreparedPage> {
  const size = nominalSize(page);
  const blocks = nativeBlocks(items, styles, viewportMatrix(page.proxy, size.dpi));
  const warnings = await imageWarnings(page.proxy, content);
  if (source === 'native' && blocks.length === 0) warnings.push(UNREAD);
  return {
    kind: 'finished',
    source: source === 'blank' ? source : 'native',
    ...size,
    blocks,
    reason,
    warnings,
  };
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
  const size = proxy.getViewport({ scale: 1 });
  const content = readOperators(await proxy.getOperatorList(), toPage, size);
  const { items, styles } = await readText({ proxy }, content);
  const shown = items.filter(({ provenance }) => provenance === 'native');
  return nativeBlocks(shown, styles, viewportMatrix(proxy, dpi));
}

async function readText(
  { proxy }: Pick<OpenPage, 'proxy'>,
  content: PageContent,
): Promise<TextOfPage> {
  if (content.glyphs.length === 0) return NO_TEXT;
  const { items, styles } = await proxy.getTextContent();
  const toPage = viewportMatrix(proxy, POINTS_PER_INCH);
  return { items: pageText(items as TextItem[], content.glyphs, toPage), styles };
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
