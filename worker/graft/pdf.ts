import { randomBytes } from 'node:crypto';
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
import { Original, type OriginalPage } from './original.ts';
import { failureLine, readTaskPages, recognizedLines } from './pages.ts';
import { flateObject, type PdfFile } from './pdf-file.ts';
import { textLayer } from './text-layer.ts';
import { turnedBack } from './turned-back.ts';

const SIGNED =
  'The file is signed. The signature stands for the original; the searchable PDF is a copy of it that nobody has signed.';
const REBUILT = 'The structure of the file is damaged; its searchable PDF was put together anew.';

/** Pages that a warning names. */
const MAX_NAMED = 20;

/** Adds the text to a copy of the file: what was there stays as it is, byte for byte. */
export async function graftPdf(task: GraftTask): Promise<GraftResult> {
  const document = await open(task);
  const original = await Original.open(task.source.path);
  const file = await original.copyTo(task.output);
  try {
    const graft = new Graft(document, original, file);
    for await (const page of readTaskPages(task.pages)) await graft.add(page);
    await graft.finish();
    await requireSound(task, document.numPages, graft.first);
    return { warnings: [...warningsOf(original), ...graft.warnings()] };
  } finally {
    await file.close();
    await closeDocument();
  }
}

async function open({ source, limits }: GraftTask): Promise<PDFDocumentProxy> {
  resetLimits(() => void closeDocument());
  const document = await openDocument(source, limits);
  const { info } = await document.getMetadata();
  if (!(info as { EncryptFilterName?: string | null }).EncryptFilterName) return document;
  throw new FanfoldError('UNSUPPORTED_ENCRYPTION', {
    sentence: 'The file is protected, and text cannot be added to it without taking that away.',
  });
}

class Graft {
  readonly #document: PDFDocumentProxy;
  readonly #original: Original;
  readonly #file: PdfFile;
  readonly #font: GlyphlessFont;
  readonly #done = new Set<number>();
  readonly #lost: number[] = [];
  /** The first page that was given words. */
  first: number | undefined;

  constructor(document: PDFDocumentProxy, original: Original, file: PdfFile) {
    this.#document = document;
    this.#original = original;
    this.#file = file;
    this.#font = new GlyphlessFont(file);
  }

  async add(page: OutputPage): Promise<void> {
    const lines = 'layout' in page ? recognizedLines(page.layout) : [failureLine(page)];
    if (lines.length === 0) return;
    resetLimits(() => void closeDocument());
    const proxy = await this.#document.getPage(page.number).catch(() => null);
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
      await this.#write(target, lines, pageMatrix(proxy, page), 'layout' in page);
    }
    proxy.cleanup();
  }

  /** A page that was read anew keeps no hidden text of an earlier OCR: it would be there twice. */
  async #write(target: OriginalPage, lines: Line[], toPage: Matrix, read: boolean): Promise<void> {
    const [file, original] = [this.#file, this.#original];
    const own = read ? await original.stripped(file, target) : null;
    const { number } = this.#font;
    const resources = await original.resourcesWith(file, number, target, own?.resources);
    const layer = textLayer(lines, toPage, this.#font, resources.fontName);
    const content = await file.add(flateObject(layer));
    const kept = own && flateObject(Buffer.from(own.content, 'latin1'));
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
    if (this.#lost.length === 0) return [];
    const rest = this.#lost.length - MAX_NAMED;
    const named = this.#lost.slice(0, MAX_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
    return [`Pages that have no text in the searchable PDF: ${named}.`];
  }
}

/** From the pixels of the upright page to the space in which the page's content is drawn. */
function pageMatrix(proxy: PDFPageProxy, page: OutputPage): Matrix {
  const dpi = 'layout' in page ? page.layout.dpi : POINTS_PER_INCH;
  const viewport = proxy.getViewport({ scale: dpi / POINTS_PER_INCH });
  const fromRaster = inverse(viewport.transform as unknown as Matrix);
  return 'layout' in page ? multiply(fromRaster, turnedBack(page.layout)) : fromRaster;
}

function warningsOf(original: Original): string[] {
  return [...(original.isSigned() ? [SIGNED] : []), ...(original.intact ? [] : [REBUILT])];
}

/** A copy that does not open as the original does is no output. */
async function requireSound(task: GraftTask, pages: number, first?: number): Promise<void> {
  resetLimits(() => void closeDocument());
  const source = { ...task.source, path: task.output };
  const detail = await openDocument(source, task.limits).then(
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
