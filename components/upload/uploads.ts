import pLimit from 'p-limit';
import type { UploadOptions } from '#client/upload.ts';
import type { ApiClient } from '../data/api-client.ts';
import { apiError } from '../data/api-error.ts';
import type { DocumentSummary } from '../data/trpc.ts';
import { applyDocuments, type LiveCache } from '../live/apply-update.ts';
import { readAnew } from '../live/change-queries.ts';
import type { DocumentList } from '../live/merge-documents.ts';
import { rememberedEngine } from './engines.ts';
import { findUnfinished } from './find-unfinished.ts';
import { rememberedLanguages } from './languages.ts';
import { chosenOptions, chosenTerms } from './reading-options.ts';
import type { Upload, UploadStore } from './upload-store.ts';

/** Files of one tab that go up at the same time. */
const AT_ONCE = 2;

export interface Uploads {
  /** Returns whether some become new documents. `again` reads anew what was read before. */
  add(files: File[], options?: { again: boolean }): boolean;
  retry(id: string): void;
  /** Stops the upload and forgets what arrived of it. */
  cancel(id: string): void;
}

interface Parts {
  client: ApiClient;
  cache: LiveCache;
  store: UploadStore;
  /** When a file turns out to have been read before; `again` reads it anew. */
  onKnown(document: DocumentSummary, again: () => void): void;
}

/** Uploads files a few at a time; a file whose upload broke off goes on where it stopped. */
export function createUploads(parts: Parts): Uploads {
  const { store } = parts;
  const limit = pLimit(AT_ONCE);
  const running = new Map<string, AbortController>();

  const start = (id: string) => {
    const stopping = new AbortController();
    running.set(id, stopping);
    void limit(() => run(parts, uploads, id, stopping.signal)).finally(() => running.delete(id));
  };
  const uploads: Uploads = {
    add(files, { again } = { again: false }) {
      const added = files.map((file) => newUpload(file, again));
      for (const upload of added) {
        if (!again) upload.documentId = unfinishedId(parts.cache, store, upload.file);
      }
      store.add(added);
      for (const { id, phase } of added) if (phase === 'waiting') start(id);
      return added.some(({ documentId }) => documentId === null);
    },
    retry(id) {
      store.update(id, { phase: 'waiting', progress: 0, error: null });
      start(id);
    },
    cancel(id) {
      running.get(id)?.abort();
      const documentId = store.read().find((upload) => upload.id === id)?.documentId;
      store.remove(id);
      if (documentId) void forget(parts, documentId);
    },
  };
  return uploads;
}

/** There is no need to wait for a turn to be told so. */
const EMPTY: Upload['error'] = { code: 'EMPTY_FILE', sentence: 'The file is empty.' };

let started = 0;

function newUpload(file: File, again: boolean): Upload {
  return {
    id: `upload-${++started}`,
    file,
    again,
    options: chosenOptions(),
    terms: chosenTerms(),
    documentId: null,
    ...(file.size > 0 ? { phase: 'waiting', error: null } : { phase: 'failed', error: EMPTY }),
    progress: 0,
  };
}

function unfinishedId(cache: LiveCache, store: UploadStore, file: File): string | null {
  const { queryClient, trpc } = cache;
  const lists = queryClient.getQueriesData<DocumentList>({
    queryKey: trpc.documents.list.infiniteQueryKey(),
  });
  const listed = lists.flatMap(([, list]) => list?.pages.flatMap((page) => page.documents) ?? []);
  const opened = queryClient.getQueriesData<DocumentSummary>({
    queryKey: trpc.documents.get.queryKey(),
  });
  const documents = [...opened.flatMap(([, document]) => document ?? []), ...listed];
  const running = new Set(store.read().map((upload) => upload.documentId));
  return findUnfinished(
    documents.filter(({ id }) => !running.has(id)),
    file,
  );
}

async function run(parts: Parts, uploads: Uploads, id: string, signal: AbortSignal): Promise<void> {
  const { store } = parts;
  const upload = store.read().find((candidate) => candidate.id === id);
  if (!upload || signal.aborted) return;
  try {
    applyDocuments(parts.cache, [await send(parts, uploads, upload, signal)], []);
    store.remove(id);
  } catch (error) {
    if (!signal.aborted) store.update(id, { phase: 'failed', error: apiError(error) });
  }
}

async function send(
  { client, cache, store, onKnown }: Parts,
  { add }: Uploads,
  { id, file, again, options, terms, documentId }: Upload,
  signal: AbortSignal,
): Promise<DocumentSummary> {
  const { uploadDocument } = await import('#client/upload.ts');
  const given: UploadOptions = {
    ...terms,
    options: {
      ...options,
      languages: rememberedLanguages(undefined),
      engine: chosenEngine(cache),
    },
    signal,
    onProgress: ({ phase, bytes, total }) =>
      store.update(id, { phase, progress: total > 0 ? bytes / total : 1 }),
    force: again,
    onDocument: (document, known) => {
      if (known) onKnown(document, () => add([file], { again: true }));
      else store.update(id, { documentId: document.id });
    },
  };
  if (!documentId) return uploadDocument(client, file, given);
  return uploadDocument(client, file, { ...given, resume: { documentId } }).catch(
    (error: unknown) => {
      // Another file of the same name and size: it becomes a document of its own.
      if (apiError(error).code !== 'UPLOAD_MISMATCH') throw error;
      return uploadDocument(client, file, given);
    },
  );
}

function chosenEngine({ queryClient, trpc }: LiveCache) {
  return rememberedEngine(queryClient.getQueryData(trpc.system.info.queryKey())?.engines);
}

async function forget({ client, cache }: Parts, documentId: string): Promise<void> {
  applyDocuments(cache, [], [documentId]);
  const { queryClient, trpc } = cache;
  await client.documents.remove
    .mutate({ documentId })
    .catch(() => readAnew(queryClient, trpc.documents.list.infiniteQueryKey()));
}
