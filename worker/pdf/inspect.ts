import type { PDFDocumentProxy } from 'pdfjs-dist';
import { FanfoldError } from '#server/errors.ts';
import type { InspectResult, Limits, SourceFile } from '#worker/page/protocol.ts';
import { announcedPages, resetComplaints } from './complaints.ts';
import { countPageObjects } from './count-pages.ts';
import { openDocument } from './document.ts';
import { openPdfium } from './pdfium.ts';

/**
 * Counts the pages. Rejects as `openDocument` does, and with NO_PAGES, TOO_MANY_PAGES, or
 * CORRUPT_FILE where the page tree is broken.
 */
export async function inspectPdf(source: SourceFile, limits: Limits): Promise<InspectResult> {
  resetComplaints();
  const document = await openDocument(source, limits);
  const counted = document.numPages;
  const { count: found, files } = await countPageObjects(source.path);
  if (!Number.isInteger(counted) || counted < 1) {
    throw new FanfoldError(counted === 0 && found === 0 ? 'NO_PAGES' : 'CORRUPT_FILE', {
      detail: `the page tree counts ${counted}, ${found} page objects were found`,
    });
  }
  const pageCount = found > counted ? await secondCount(source, counted, limits) : counted;
  if (pageCount > limits.maxPages) {
    throw new FanfoldError('TOO_MANY_PAGES', {
      sentence: `The file has ${pageCount} pages; this server accepts ${limits.maxPages}.`,
    });
  }
  if (pageCount === counted) await requireSomePage(document);
  const warnings = [
    ...warningsOf({ counted, found, pageCount }),
    ...(files > 1 ? [`The file is ${files} PDFs in one, of which one is read.`] : []),
    ...(await contentsBesidePages(document)),
  ];
  return { pageCount, warnings };
}

/** PDFium follows tables of pages that pdf.js gives up: the last page that it opens. */
async function secondCount(source: SourceFile, counted: number, limits: Limits): Promise<number> {
  const document = await openPdfium(source).catch(() => null);
  if (!document) return counted;
  try {
    const most = Math.min(document.pageCount, limits.maxPages);
    const opens = Array.from({ length: most }, (_, index) => document.pageSize(index) !== null);
    return Math.max(counted, opens.lastIndexOf(true) + 1);
  } finally {
    document.close();
  }
}

function warningsOf(pages: { counted: number; found: number; pageCount: number }): string[] {
  const { counted, found, pageCount } = pages;
  const announced = announcedPages();
  const warnings: string[] = [];
  if (pageCount > counted) {
    warnings.push(
      `The table of pages is damaged; pages after the ${ordinal(counted)} were found by a second reader.`,
    );
  } else if (found > counted) {
    const reached = `its table of pages reaches only ${counted} of them`;
    warnings.push(`The file holds ${found} pages, but ${reached}.`);
  }
  if (announced !== null && announced > pageCount) {
    warnings.push(`The file announces ${announced} pages, but only ${pageCount} were found.`);
  }
  return warnings;
}

/** What a reader of the pages alone would miss; what is damaged of it is no reason not to read them. */
async function contentsBesidePages(document: PDFDocumentProxy): Promise<string[]> {
  const attachments = await document.getAttachments().catch(() => null);
  const metadata = await document.getMetadata().catch(() => null);
  const { IsXFAPresent } = (metadata?.info ?? {}) as { IsXFAPresent?: boolean };
  return [
    ...(attachments?.size
      ? [`Files attached to it, which are not read: ${attachments.size}.`]
      : []),
    ...(IsXFAPresent
      ? ['It holds an XFA form; of that, only what its pages show by themselves is read.']
      : []),
  ];
}

function ordinal(number: number): string {
  const rule = new Intl.PluralRules('en', { type: 'ordinal' }).select(number);
  return `${number}${{ one: 'st', two: 'nd', few: 'rd' }[rule as string] ?? 'th'}`;
}

/** A file of which neither the first nor the last page opens is damaged as a whole. */
async function requireSomePage(document: PDFDocumentProxy): Promise<void> {
  try {
    await document.getPage(1);
  } catch (error) {
    await document.getPage(document.numPages).catch(() => {
      throw new FanfoldError('CORRUPT_FILE', { detail: 'no page opens', cause: error });
    });
  }
}
