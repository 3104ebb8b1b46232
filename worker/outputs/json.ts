import { languagesOf } from '#server/languages/of-document.ts';
import type { OutputWriter } from './index.ts';

/** The version of the document's JSON; each page is a layout of its own version. */
export const DOCUMENT_JSON_VERSION = 1;

/** Every page's layout, with a box and a confidence for every word; a page that failed says so. */
export const writeJson: OutputWriter = async function* (document, pages) {
  const head = {
    version: DOCUMENT_JSON_VERSION,
    id: document.id,
    fileName: document.fileName,
    sha256: document.sha256,
    languages: languagesOf(document),
    pageCount: document.pageCount,
  };
  yield `${JSON.stringify(head).slice(0, -1)},"pages":[`;
  let first = true;
  for await (const page of pages) {
    const body = 'layout' in page ? page.layout : { page: page.number, error: page.error };
    yield `${first ? '' : ','}\n${JSON.stringify(body)}`;
    first = false;
  }
  yield '\n]}\n';
};
