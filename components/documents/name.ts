import type { DocumentSummary } from '../data/trpc.ts';

/** What a document is called: by people, else by its file. */
export function nameOf({ title, fileName }: Pick<DocumentSummary, 'title' | 'fileName'>): string {
  return title ?? fileName;
}
