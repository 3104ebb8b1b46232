import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentDetail } from '../documents/get.ts';
import type { DocumentView } from '../documents/view.ts';
import { FanfoldError } from '../errors.ts';
import type { PageView } from '../pages/view.ts';
import { formatCursor } from './cursor.ts';
import type { LiveHub } from './hub.ts';
import { collectWakeUps } from './wake-ups.ts';

/** What a watcher is told. A view with a greater `seq` replaces one with a smaller. */
export type LiveUpdate =
  /** The stream is up and what it shows is complete from here on. */
  | { kind: 'connected' }
  /** Other documents of the owner that changed. */
  | { kind: 'documents'; documents: DocumentView[]; removed: string[] }
  /** A watched document, and pages of it that changed since the last such update. */
  | { kind: 'document'; document: DocumentDetail; pages: PageView[] }
  /** A watched document's pages that are being read, 0–100. */
  | { kind: 'progress'; documentId: string; pages: { number: number; progress: number }[] }
  /** A watched document does not exist, or no longer. */
  | { kind: 'gone'; documentId: string };

export interface TrackedUpdate {
  /** To resume from; only updates of watched documents carry one. */
  cursor: string | null;
  update: LiveUpdate;
}

export interface WatchInput {
  /** The documents whose pages are watched, each with the event after which they changed. */
  documents: Map<string, number>;
  /** The one of them without which there is no stream. */
  required?: string | undefined;
}

/** Of one update, so that what is under way to a slow reader stays below a megabyte. */
const PAGES_AT_ONCE = 250;

/** Milliseconds in which watchers that come at the same time wait for one reading. */
const GATHER_FIRST = 20;

/**
 * The owner's changes as they happen and those of the pages of some documents. A notification only
 * wakes this reader; what it yields was read from the database, so nothing is lost or out of date,
 * however late it is read. Subscribes before the first read. Throws NOT_FOUND once the required
 * document is gone.
 */
export async function* watchChanges({
  ownerId,
  hub,
  input,
  signal,
}: {
  ownerId: string;
  hub: LiveHub;
  input: WatchInput;
  signal: AbortSignal;
}): AsyncGenerator<TrackedUpdate> {
  const watched = new Map(input.documents);
  const wakeUps = collectWakeUps(hub, ownerId, signal);
  const watch = { hub, ownerId, watched, since: performance.now() };
  try {
    yield { cursor: null, update: { kind: 'connected' } };
    await sleep(GATHER_FIRST);
    for (const documentId of watched.keys()) wakeUps.add(documentId);
    while (!signal.aborted) {
      const changed = await wakeUps.next();
      if (signal.aborted) return;
      for (const documentId of changed.filter((id) => watched.has(id))) {
        yield* readWatched(watch, documentId);
        if (documentId === input.required && !watched.has(documentId)) {
          throw new FanfoldError('NOT_FOUND');
        }
      }
      const others = changed.filter((id) => !input.documents.has(id));
      if (others.length > 0) yield await readOthers(watch, others);
    }
  } finally {
    wakeUps.close();
  }
}

interface Watch {
  hub: LiveHub;
  ownerId: string;
  /** The last event that was told of each watched document. */
  watched: Map<string, number>;
  /** When it began: what was read before is not shown, for the watcher may know better. */
  since: number;
}

async function* readWatched(watch: Watch, documentId: string): AsyncGenerator<TrackedUpdate> {
  const { hub, ownerId, watched, since } = watch;
  const after = watched.get(documentId) ?? 0;
  const state = await hub.views.document(ownerId, documentId, since);
  if (!state) {
    watched.delete(documentId);
    yield { cursor: null, update: { kind: 'gone', documentId } };
    return;
  }
  const { document, running } = state;
  if (document.seq > after || after === 0) {
    for await (const pages of portions(watch, document, after)) {
      if (pages.length < PAGES_AT_ONCE) watched.set(documentId, document.seq);
      yield { cursor: formatCursor(watched), update: { kind: 'document', document, pages } };
    }
  }
  if (running.length > 0) {
    yield { cursor: null, update: { kind: 'progress', documentId, pages: running } };
  }
}

/** At least one, the last of which is not full; whoever resumes before it starts over. */
async function* portions(
  { hub, ownerId, since }: Watch,
  { id, seq: upTo }: DocumentView,
  after: number,
): AsyncGenerator<PageView[]> {
  for (let from: number | undefined = 0; from !== undefined; ) {
    const portion = { after, upTo, from, limit: PAGES_AT_ONCE };
    const pages: PageView[] = await hub.views.pages(ownerId, id, portion, since);
    yield pages;
    from = pages.length < PAGES_AT_ONCE ? undefined : pages.at(-1)?.number;
  }
}

async function readOthers({ hub, ownerId, since }: Watch, ids: string[]): Promise<TrackedUpdate> {
  const found = await hub.views.documents(ownerId, ids, since);
  const removed = ids.filter((id) => !found.has(id));
  return { cursor: null, update: { kind: 'documents', documents: [...found.values()], removed } };
}
