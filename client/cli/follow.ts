import type { DocumentDetail } from '#server/documents/get.ts';
import type { FanfoldClient } from '../index.ts';
import type { UploadProgress } from '../upload.ts';
import { type WatchUpdate, watchDocument } from '../watch.ts';
import type { FileProgress, FileState } from './progress.ts';
import { count, formatBytes } from './text.ts';

/** Shows a document's way to its end; resolves when it has ended. */
export function followDocument(
  client: FanfoldClient,
  documentId: string,
  { signal, progress }: { signal: AbortSignal; progress: FileProgress },
): Promise<DocumentDetail> {
  const reading = new Map<number, number>();
  let document: DocumentDetail | undefined;
  const onUpdate = (update: WatchUpdate) => {
    if (update.kind === 'connection' && !update.live && document) {
      progress.update({ ...stateOf(document, reading), phase: 'disconnected' });
      return;
    }
    if (update.kind === 'document') {
      document = update.document;
      for (const page of update.pages) {
        if (page.status !== 'processing') reading.delete(page.number);
      }
    }
    if (update.kind === 'progress') {
      for (const page of update.pages) reading.set(page.number, page.progress);
    }
    if (document) progress.update(stateOf(document, reading));
  };
  return watchDocument(client, documentId, { signal, onUpdate });
}

export function uploadState({ phase, bytes, total }: UploadProgress): FileState {
  const name = { hashing: 'checking', uploading: 'uploading', finishing: 'uploading' } as const;
  const detail = `${formatBytes(bytes)} of ${formatBytes(total)}`;
  return { phase: name[phase], done: bytes, total, detail };
}

/** Pages count whole when they have ended and in part while they are read (percent). */
function stateOf(document: DocumentDetail, reading: Map<number, number>): FileState {
  const { pageCount, ahead, status } = document;
  if (pageCount === null) {
    const detail = ahead ? `${count(ahead.documents, 'document')} ahead` : '';
    return { phase: 'waiting', done: 0, total: 1, detail };
  }
  const ended = document.pagesCompleted + document.pagesFailed + document.pagesCanceled;
  const begun = [...reading.values()].reduce((sum, percent) => sum + percent / 100, 0);
  return {
    phase: status === 'assembling' || ended === pageCount ? 'finishing' : 'reading',
    done: Math.min(ended + begun, pageCount),
    total: pageCount,
    detail: `${ended} of ${count(pageCount, 'page')}`,
  };
}
