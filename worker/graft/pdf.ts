import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { FanfoldError } from '#server/errors.ts';
import type { Line } from '#server/pages/layout.ts';
import type { OutputPage } from '#worker/outputs/pages.ts';
import type { GraftResult, GraftTask } from '#worker/page/protocol.ts';
import { closeDocument, openDocument } from '#worker/pdf/document.ts';
import { resetLimits } from '#worker/pdf/guards.ts';
import { inverse, type Matrix, multiply } from '#worker/pdf/matrix.ts';
import { POINTS_PER_INCH } from '#worker/pdf/resolution.ts';
import { GlyphlessFont } from './glyphless-font.ts';
import { isSigned } from './is-signed.ts';
import { Original, type OriginalPage } from './original.ts';
import { failureLine, readTaskPages, recognizedLines } from './pages.ts';
import { flateObject, type PdfFile } from './pdf-file.ts';
import { withoutShown } from './shown-text.ts';
import { textLayer } from './text-layer.ts';
import { turnedBack } from './turned-back.ts';
import { unprotect } from './unprotect.ts';

const SIGNED =
  'The file is signed. The signature stands for the original; the searchable PDF is a copy of it that nobody has signed.';
const PROTECTED =
  'The file is protected; its searchable PDF is a copy that opens without a password.';
const REBUILT = 'The structure of the file is damaged; its searchable PDF was put together anew.';

/** Pages after which the file is opened anew: a reader keeps something of each page that it was asked for. */
const PAGES_AT_ONCE = 1_000;
/** Pages that a warning names. */
const MAX_NAMED = 20;

/**
 * Adds the text to a copy of the file: what was there stays as it is, byte for byte. A protected file
 * is copied without its protection first.
 */
export async function graftPdf(task: GraftTask): Promise<GraftResult> {
  resetLimits(() => void closeDocument(), task.limits);
  const document = await openDocument(task.source, task.limits, 0);
  const pages = document.numPages;
  if (!(await isProtected(document))) return graftOnto(task, pages);
  const path = `${task.output}.plain`;
  try {
    const source = await unprotect(task.source, path);
    const plain = await openDocument(source, task.limits, 0);
    if (plain.numPages !== pages) throw new FanfoldError('UNSUPPORTED_ENCRYPTION');
    const { warnings } = await graftOnto({ ...task, source }, pages);
    return { warnings: [PROTECTED, ...warnings] };
  } finally {
    await rm(path, { force: true });
  }
}

async function isProtected(document: PDFDocumentProxy): Promise<boolean> {
  const { info } = await document.getMetadata();
  return Boolean((info as { EncryptFilterName?: string | null }).EncryptFilterName);
}

async function graftOnto(task: GraftTask, pages: number): Promise<GraftResult> {
  try {
    const { first, warnings } = await addText(task);
    await requireSound(task, pages, first);
    return { warnings: [...((await isSigned(task.source.path)) ? [SIGNED] : []), ...warnings] };
  } finally {
    await closeDocument();
  }
}

/** The first page that was given words, and what has to be said of the copy. */
async function addText(task: GraftTask): Promise<{ first: number | undefined } & GraftResult> {
  const original = await Original.open(task.source.path);
  try {
    const file = await original.copyTo(task.output);
    try {
      const graft = new Graft(task, original, file);
      for await (const page of readTaskPages(task.pages)) await graft.add(page);
      await original.correctCounts(file);
      await graft.finish();
      return { first: graft.first, warnings: graft.warnings() };
    } finally {
      await file.close();
    }
  } finally {
    original.close();
  }
}

class Graft {
  readonly #task: GraftTask;
  readonly #original: Original;
  readonly #file: PdfFile;
  readonly #font: GlyphlessFont;
  readonly #done = new Set<number>();
  readonly #lost: number[] = [];
  #opened = 0;
  /** The first page that was given words. */
  first: number | undefined;

  constructor(task: GraftTask, original: Original, file: PdfFile) {
    this.#task = task;
    this.#original = original;
    this.#file = file;
    this.#font = new GlyphlessFont(file);
  }

  async add(page: OutputPage): Promise<void> {
    const lines = 'layout' in page ? recognizedLines(page.layout) : [failureLine(page)];
    if (lines.length === 0) return;
    const proxy = await this.#page(page.number);
    const target = proxy?.ref ? this.#original.page(proxy.ref) : undefined;
    if (!proxy || !target) {
      this.#lost.push(page.number);
      return;
    }
    const { objectNumber } = target.ref;
    // A file may show one page several times.
    if (!this.#done.has(objectNumber)) {
      this.#done.add(objectNumber);
      if ('layout' in page) this.first ??= page.number;
      await this.#write(target, lines, { proxy, page });
    }
    proxy.cleanup();
  }

  /** Null where the file has none of this number. */
  async #page(number: number): Promise<PDFPageProxy | null> {
    if (this.#opened++ % PAGES_AT_ONCE === 0) await closeDocument();
    resetLimits(() => void closeDocument(), this.#task.limits);
    const document = await openDocument(this.#task.source, this.#task.limits, 0);
    return document.getPage(number).catch(() => null);
  }

  /**
   * A page that was read anew keeps no hidden text of an earlier OCR, and gets no word where it shows
   * text: both would be there twice.
   */
  async #write(
    target: OriginalPage,
    lines: Line[],
    { proxy, page }: { proxy: PDFPageProxy; page: OutputPage },
  ): Promise<void> {
    const [file, original] = [this.#file, this.#original];
    const own = 'layout' in page ? await original.stripped(file, target) : null;
    const isCovered = own?.showsText && 'layout' in page && page.layout.source === 'ocr';
    const added = isCovered ? await withoutShown(lines, proxy, page.layout) : lines;
    const { number } = this.#font;
    const resources = await original.resourcesWith(file, number, target, own?.resources);
    const layer = textLayer(added, pageMatrix(proxy, page), this.#font, resources.fontName);
    const content = await file.add(flateObject(layer));
    const kept = own?.content && flateObject(Buffer.from(own.content, 'latin1'));
    const instead = kept ? await file.add(kept) : undefined;
    await original.rewrite(file, target, { content, resources: resources.number, instead });
  }

  /** Without text to add, an intact file stays what it was. */
  async finish(): Promise<void> {
    if (this.#done.size === 0 && this.#original.intact) return;
    await this.#font.finish();
    await this.#original.finish(this.#file, randomBytes(16).toString('hex'));
  }

  warnings(): string[] {
    const rebuilt = this.#original.intact ? [] : [REBUILT];
    if (this.#lost.length === 0) return rebuilt;
    const rest = this.#lost.length - MAX_NAMED;
    const named = this.#lost.slice(0, MAX_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
    return [...rebuilt, `Pages that have no text in the searchable PDF: ${named}.`];
  }
}

/** From the pixels of the upright page to the space in which the page's content is drawn. */
function pageMatrix(proxy: PDFPageProxy, page: OutputPage): Matrix {
  const dpi = 'layout' in page ? page.layout.dpi : POINTS_PER_INCH;
  const viewport = proxy.getViewport({ scale: dpi / POINTS_PER_INCH });
  const fromRaster = inverse(viewport.transform as unknown as Matrix);
  return 'layout' in page ? multiply(fromRaster, turnedBack(page.layout)) : fromRaster;
}

/** A copy that does not open as the original does is no output. */
async function requireSound(task: GraftTask, pages: number, first?: number): Promise<void> {
  resetLimits(() => void closeDocument(), task.limits);
  const source = { ...task.source, path: task.output };
  const detail = await openDocument(source, task.limits, 0).then(
    async (document) => {
      if (document.numPages !== pages) return `${document.numPages} pages of ${pages}`;
      return first === undefined || (await hasText(document, first)) ? null : 'no text';
    },
    (error) => String(error),
  );
  if (detail) throw new FanfoldError('OUTPUT_FAILED', { detail });
}

async function hasText(document: PDFDocumentProxy, page: number): Promise<boolean> {
  const { items } = await (await document.getPage(page)).getTextContent();
  return items.length > 0;
}
