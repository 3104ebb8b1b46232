import type { DocumentSummary } from '../data/trpc.ts';

/** The announced document that this file was being uploaded for; its content is compared by hash later. */
export function findUnfinished(
  documents: DocumentSummary[],
  file: { name: string; size: number },
): string | null {
  const match = documents.find(
    ({ status, fileName, sizeBytes }) =>
      status === 'awaiting_upload' && fileName === file.name && sizeBytes === file.size,
  );
  return match?.id ?? null;
}
