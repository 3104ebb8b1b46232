import { OUTPUTS } from '../documents/formats.ts';
import type { OutputName } from '../outputs/variants.ts';

/** Under which all documents lie. */
export const DOCUMENTS_PREFIX = 'documents/';

/** Everything that belongs to a document lies under this prefix. */
export function documentPrefix(documentId: string): string {
  return `${DOCUMENTS_PREFIX}${documentId}/`;
}

/** What was made of a document's pages: pictures and layouts. */
export function pagesPrefix(documentId: string): string {
  return `${documentPrefix(documentId)}pages/`;
}

export function sourceKey(documentId: string): string {
  return `${documentPrefix(documentId)}source`;
}

/** Objects of one attempt at a page: a stale attempt cannot overwrite a newer one's. */
export function attemptKey(
  documentId: string,
  page: number,
  attempt: string,
  object: 'layout.json' | 'image.jpg' | 'thumbnail.jpg',
): string {
  return `${pagesPrefix(documentId)}${page}/${attempt}/${object}`;
}

/** The larger picture that is drawn when someone looks closely, beside the usual one. */
export function detailKey(imageKey: string): string {
  return imageKey.replace(/[^/]+$/, 'detail.jpg');
}

/** Outputs of one run of the document. */
export function outputPrefix(documentId: string, run: number): string {
  return `${documentPrefix(documentId)}outputs/${run}/`;
}

/** An output by the job that made it: a stale job cannot overwrite a newer one's. */
export function outputKey(
  document: { id: string; run: number },
  { format, variant }: OutputName,
  job: string,
): string {
  const name = variant ? `document-${variant}` : 'document';
  return `${outputPrefix(document.id, document.run)}${job}/${name}.${OUTPUTS[format].extension}`;
}

/** The page that an object of an attempt belongs to, from 1. */
export function pageOfKey(key: string): number | undefined {
  const [, page] = /^documents\/[^/]+\/pages\/(\d+)\//.exec(key) ?? [];
  return page === undefined ? undefined : Number(page);
}
