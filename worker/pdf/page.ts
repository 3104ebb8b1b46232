import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { PDFOperatorList, TextItem } from 'pdfjs-dist/types/src/display/api.js';
import type { PageOptions } from '#server/documents/schemas.ts';
import { type ErrorCode, FanfoldError, toFanfoldError } from '#server/errors.ts';
import type { Block, Box } from '#server/pages/layout.ts';
import { arrangeBlocks } from '#worker/layout/arrange.ts';
import { nameBlocks } from '#worker/layout/kinds.ts';
import { type PreparedPage, UNREAD } from '#worker/page/prepared.ts';
import type { Limits, RecognizeTask, SourceFile } from '#worker/page/protocol.ts';
import { isBlank, type PageRaster } from '#worker/page/raster.ts';
import { contentIsDamaged, resetComplaints } from './complaints.ts';
import { type Decision, decide } from './decide.ts';
import { closeDocument, openDocument } from './document.ts';
import { drawPage, lostImages, type OpenPage, warningsOf } from './draw.ts';
import { drawnFonts } from './drawn-fonts.ts';
import { assertWithinLimits, resetLimits } from './guards.ts';
import { pdfjs } from './library.ts';
import type { Matrix } from './matrix.ts';
import { nativeBlocks, type TextStyles } from './native-text.ts';
import { type PageContent, readOperators } from './operators.ts';
import { hiddenWords, isKept, type PageText, pageText } from './page-text.ts';
import { withPdfium } from './pdfium-renderer.ts';
import { pdfjsRenderer } from './pdfjs-renderer.ts';
import type { PageRenderer } from './renderer.ts';
import { fitDpi, NATIVE_DPI, type PageSize, POINTS_PER_INCH } from './resolution.ts';
import { decodedImage } from './scan.ts';
import { undrawnParts } from './undrawn.ts';
import { leaveUnread } from './unread.ts';

/** Dots per inch of a picture that is only looked at. */
const PREVIEW_DPI = 144;
/** Pixels of the long side above which it would be shrunk anyway. */
const PREVIEW_SIDE = 1_800;
/** The same of a page that is looked at closely. */
const LARGE_DPI = 300;
const LARGE_SIDE = 4_000;
/** Dots per inch at which a page is drawn of which nothing is known. */
const UNKNOWN_DPI = 250;
/** Points of a side below which no text fits. */
const LEAST_SIDE = 3;

interface TextOfPage {
  items: PageText[];
  styles: TextStyles;
}

const NO_TEXT: TextOfPage = { items: [], styles: {} };

/** Prepares one page of a PDF, numbered from 1. */
export async function preparePdfPage(task: RecognizeTask): Promise<PreparedPage> {
  return withPage(task.source, task.page, task.limits, (page) => prepare(page, task.options)).catch(
    (error: unknown) => drawnByPdfium(task, error),
  );
}

async function prepare(page: OpenPage, options: PageOptions): Promise<PreparedPage> {
  if (Math.min(page.size.width, page.size.height) < LEAST_SIDE) return tooSmall(page);
  const list = await page.proxy.getOperatorList();
  const prepared = await take(page, await lookAt(page, list), options);
  prepared.warnings.push(...(await undrawnParts(page.document, page.proxy, list)));
  return prepared;
}

async function take(
  page: OpenPage,
  content: PageContent,
  { mode, dpi }: PageOptions,
): Promise<PreparedPage> {
  const text = mode === 'force' ? NO_TEXT : await readText(page, content);
  const decision = decide(content, boxOf(page.size), mode, hiddenWords(text.items));
  if (decision.source === 'blank' && contentIsDamaged()) {
    throw new FanfoldError('CORRUPT_FILE', {
      sentence: 'The content of the page is damaged; nothing of it can be drawn.',
    });
  }
  const kept = { ...text, items: text.items.filter((item) => isKept(item, decision)) };
  if (decision.source === 'blank' || decision.source === 'native')
    return finished(page, content, decision, kept);
  const { raster, warnings } = await drawPage(page, content, dpi);
  const native = layOut(page.proxy, kept, raster.gray.dpi);
  const toRead = leaveUnread(raster.gray, decision.regions, native);
  return { kind: 'drawn', raster, toRead, native, reason: decision.reason, warnings };
}

/** Codes that say no more than that pdf.js could not do it. */
const SECOND_OPINION: ErrorCode[] = ['CORRUPT_FILE', 'RENDER_FAILED'];

/** A page that pdf.js does not open has no text that could be taken; PDFium may still draw it. */
async function drawnByPdfium(task: RecognizeTask, error: unknown): Promise<PreparedPage> {
  const { source, page: number, limits, options } = task;
  const hopeless = !(error instanceof FanfoldError) || !SECOND_OPINION.includes(error.code);
  if (hopeless || options.mode === 'off') throw error;
  return withPdfium(source, number, async (page) => {
    if (!page) throw error;
    const raster = await page.render(fitDpi(options.dpi ?? UNKNOWN_DPI, page.size, limits));
    if (contentIsDamaged() && isBlank(raster.gray)) throw error;
    const reason = 'pdf.js could not open the page; PDFium has drawn it, and it was read.';
    return { kind: 'drawn', raster, toRead: raster.gray, native: [], reason, warnings: [reason] };
  });
}

async function lookAt({ proxy, size }: OpenPage, list: PDFOperatorList): Promise<PageContent> {
  const fonts = await drawnFonts(proxy, list);
  const content = readOperators(list, viewportMatrix(proxy, POINTS_PER_INCH), size, fonts);
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
  text: TextOfPage,
): Promise<PreparedPage> {
  const size = nominalSize(page);
  const blocks = layOut(page.proxy, text, size.dpi);
  const warnings = warningsOf(await lostImages(page.proxy, content), content);
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
  const [dpi, side] = large ? [LARGE_DPI, LARGE_SIDE] : [PREVIEW_DPI, PREVIEW_SIDE];
  const draw = (renderer: PageRenderer, { width, height }: PageSize) =>
    renderer.render(Math.min(dpi, (side / Math.max(width, height)) * POINTS_PER_INCH));
  return withPage(source, number, limits, ({ proxy, size }) =>
    draw(pdfjsRenderer(proxy), size),
  ).catch((error: unknown) => {
    if (!(error instanceof FanfoldError && SECOND_OPINION.includes(error.code))) throw error;
    return withPdfium(source, number, async (page) => {
      if (!page) throw error;
      return draw(page, page.size);
    });
  });
}

async function withPage<T>(
  source: SourceFile,
  number: number,
  limits: Limits,
  use: (page: OpenPage) => Promise<T>,
): Promise<T> {
  resetComplaints();
  resetLimits(() => void closeDocument(), limits);
  const document = await openDocument(source, limits);
  const proxy = await getPage(document, number);
  try {
    const { width, height } = proxy.getViewport({ scale: 1 });
    const size = { width, height };
    if (!Number.isFinite(width * height)) throw new FanfoldError('PAGE_TOO_LARGE');
    return await use({ document, proxy, source, number, size, limits });
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

function layOut(proxy: PDFPageProxy, { items, styles }: TextOfPage, dpi: number): Block[] {
  const blocks = nativeBlocks(items, styles, viewportMatrix(proxy, dpi));
  const size = proxy.getViewport({ scale: dpi / POINTS_PER_INCH });
  return nameBlocks(arrangeBlocks(blocks, { dpi, rules: [] }), size);
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
