import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq, inArray } from 'drizzle-orm';
import { documents } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import { type DocumentDetail, getDocument } from '../documents/get.ts';
import { type DocumentView, documentView } from '../documents/view.ts';
import { FanfoldError } from '../errors.ts';
import { changedPages, runningPages } from '../pages/list.ts';
import type { PageView } from '../pages/view.ts';
import type { LiveHub } from './hub.ts';

/** What a watcher is told. A view with a greater `seq` replaces one with a smaller. */
export type LiveUpdate =
  /** The stream is up and what it shows is complete from here on. */
  | { kind: 'connected' }
  /** Documents of the owner that changed. */
  | { kind: 'documents'; documents: DocumentView[]; removed: string[] }
  /** The watched document, and its pages that changed since the last such update. */
  | { kind: 'document'; document: DocumentDetail; pages: PageView[] }
  /** The watched document's pages that are being read, 0–100. */
  | { kind: 'progress'; documentId: string; pages: { number: number; progress: number }[] }
  /** The watched document does not exist, or no longer. */
  | { kind: 'gone'; documentId: string };

export interface TrackedUpdate {
  /** To resume from; only updates of the watched document carry one. */
  cursor: string | null;
  update: LiveUpdate;
}

/** Milliseconds in which changes of one document gather into one read. */
const COALESCE = 100;

/**
 * The owner's changes as they happen and, with `documentId`, those of its pages after event `after`.
 * A notification only wakes this reader; what it yields was read from the database, so nothing is
 * lost or out of date, however late it is read. Subscribes before the first read.
 */
export async function* watchChanges({
  ctx,
  hub,
  input,
  signal,
}: {
  ctx: Context;
  hub: LiveHub;
  input: { documentId?: string | undefined; after: number };
  signal: AbortSignal;
}): AsyncGenerator<TrackedUpdate> {
  const wakeUps = collectWakeUps(hub, ctx.ownerId, signal);
  let after = input.after;
  try {
    yield { cursor: null, update: { kind: 'connected' } };
    if (input.documentId) wakeUps.add(input.documentId);
    while (!signal.aborted) {
      const changed = await wakeUps.next();
      if (signal.aborted) return;
      const watched = input.documentId && (changed.all || changed.ids.has(input.documentId));
      if (watched && input.documentId) {
        for (const tracked of await readDocument(ctx, input.documentId, after)) {
          yield tracked;
          if (tracked.update.kind === 'document') after = tracked.update.document.seq;
        }
      }
      if (changed.all) yield { cursor: null, update: { kind: 'connected' } };
      if (changed.ids.size > 0) yield await readDocuments(ctx, [...changed.ids]);
      await sleep(COALESCE, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    wakeUps.close();
  }
}

async function readDocument(
  ctx: Context,
  documentId: string,
  after: number,
): Promise<TrackedUpdate[]> {
  try {
    const document = await getDocument({ ctx, input: { documentId } });
    const updates: TrackedUpdate[] = [];
    if (document.seq > after || after === 0) {
      const pages = await changedPages(ctx, documentId, after);
      const cursor = `${documentId}:${document.seq}`;
      updates.push({ cursor, update: { kind: 'document', document, pages } });
    }
    const pages = await runningPages(ctx, documentId);
    if (pages.length > 0) {
      updates.push({ cursor: null, update: { kind: 'progress', documentId, pages } });
    }
    return updates;
  } catch (error) {
    if (!(error instanceof FanfoldError) || error.code !== 'NOT_FOUND') throw error;
    return [{ cursor: null, update: { kind: 'gone', documentId } }];
  }
}

async function readDocuments(ctx: Context, ids: string[]): Promise<TrackedUpdate> {
  const rows = await ctx.db
    .select()
    .from(documents)
    .where(and(inArray(documents.id, ids), eq(documents.ownerId, ctx.ownerId)));
  const found = new Set(rows.map((row) => row.id));
  const removed = ids.filter((id) => !found.has(id));
  return {
    cursor: null,
    update: { kind: 'documents', documents: rows.map(documentView), removed },
  };
}

interface WakeUps {
  add(documentId: string): void;
  /** What may have changed since the last call; waits until something may have. */
  next(): Promise<{ all: boolean; ids: Set<string> }>;
  close(): void;
}

function collectWakeUps(hub: LiveHub, ownerId: string, signal: AbortSignal): WakeUps {
  let pending = { all: false, ids: new Set<string>() };
  let waiting = Promise.withResolvers<void>();
  const add = (documentId: string | undefined) => {
    if (documentId) pending.ids.add(documentId);
    else pending.all = true;
    waiting.resolve();
  };
  const unsubscribe = hub.subscribe({ ownerId, wake: add });
  const stop = () => waiting.resolve();
  signal.addEventListener('abort', stop, { once: true });
  return {
    add,
    async next() {
      await waiting.promise;
      waiting = Promise.withResolvers<void>();
      const taken = pending;
      pending = { all: false, ids: new Set() };
      return taken;
    },
    close() {
      unsubscribe();
      signal.removeEventListener('abort', stop);
    },
  };
}
