import { OUTPUTS, type OutputFormat } from '../documents/formats.ts';

/** Everything that belongs to a document lies under this prefix. */
export function documentPrefix(documentId: string): string {
  return `documents/${documentId}/`;
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
  return `${documentPrefix(documentId)}pages/${page}/${attempt}/${object}`;
}

export function outputKey(documentId: string, run: number, format: OutputFormat): string {
  return `${documentPrefix(documentId)}outputs/${run}/document.${OUTPUTS[format].extension}`;
}
