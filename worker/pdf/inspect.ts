import type { PDFDocumentProxy } from 'pdfjs-dist';
import { FanfoldError } from '#server/errors.ts';
import type { InspectResult, Limits, SourceFile } from '#worker/page/protocol.ts';
import { countPageObjects } from './count-pages.ts';
import { openDocument } from './document.ts';

/**
 * Counts the pages. Rejects as `openDocument` does, and with NO_PAGES, TOO_MANY_PAGES, or
 * CORRUPT_FILE where the page tree is broken.
 */
export async function inspectPdf(source: SourceFile, limits: Limits): Promise<InspectResult> {
  const document = await openDocument(source, limits);
  const pageCount = document.numPages;
  const found = await countPageObjects(source.path);
  if (!Number.isInteger(pageCount) || pageCount < 1) {
    throw new FanfoldError(pageCount === 0 && found === 0 ? 'NO_PAGES' : 'CORRUPT_FILE', {
      detail: `the page tree counts ${pageCount}, ${found} page objects were found`,
    });
  }
  if (pageCount > limits.maxPages) {
    throw new FanfoldError('TOO_MANY_PAGES', {
      sentence: `The file has ${pageCount} pages; this server accepts ${limits.maxPages}.`,
    });
  }
  await requireSomePage(document);
  const warnings =
    found > pageCount
      ? [`The file holds ${found} pages, but its table of pages reaches only ${pageCount} of them.`]
      : [];
  return { pageCount, warnings };
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
