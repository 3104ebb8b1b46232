import type { FanfoldErrorShape } from '#client/errors.ts';
import type { DocumentOptions } from '#server/documents/schemas.ts';
import type { Terms } from './terms.ts';

/** A file on its way from this tab. */
export interface Upload {
  id: string;
  file: File;
  /** Whether a file that was read before is to be read anew. */
  again: boolean;
  /** As they were chosen when the file was added. */
  options: Partial<DocumentOptions>;
  terms: Terms;
  /** Known once the server has been told of the file. */
  documentId: string | null;
  phase: 'waiting' | 'hashing' | 'uploading' | 'finishing' | 'failed';
  /** 0–1, of the phase. */
  progress: number;
  error: FanfoldErrorShape | null;
}

export type UploadStore = ReturnType<typeof createUploadStore>;

/** Running uploads, newest first; an array that is replaced, never changed. */
export function createUploadStore() {
  let uploads: readonly Upload[] = [];
  const listeners = new Set<() => void>();
  const set = (next: readonly Upload[]) => {
    uploads = next;
    for (const listener of listeners) listener();
  };
  return {
    read: () => uploads,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(added: Upload[]) {
      set([...added.toReversed(), ...uploads]);
    },
    update(id: string, change: Partial<Upload>) {
      set(uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));
    },
    remove(id: string) {
      set(uploads.filter((upload) => upload.id !== id));
    },
  };
}
