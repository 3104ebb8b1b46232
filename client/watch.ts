import type { DocumentDetail } from '#server/documents/get.ts';
import type { PageView } from '#server/pages/view.ts';
import { asFanfoldError, FanfoldClientError, isTransient } from './errors.ts';
import type { FanfoldClient } from './index.ts';
import { sleep } from './wait.ts';

export type WatchUpdate =
  /** The document, and its pages that changed since the last such update. */
  | { kind: 'document'; document: DocumentDetail; pages: PageView[] }
  /** The pages that are being read, 0–100. */
  | { kind: 'progress'; pages: { number: number; progress: number }[] }
  /** Whether updates arrive as they happen. */
  | { kind: 'connection'; live: boolean };

export interface WatchOptions {
  signal?: AbortSignal | undefined;
  onUpdate?: ((update: WatchUpdate) => void) | undefined;
  /** Milliseconds without a stream after which the state is asked for instead; 10,000. */
  patience?: number | undefined;
}

/** Milliseconds between two subscriptions, or two questions. */
const PAUSE = 2_000;
const PATIENCE = 10_000;
/** Questions without an answer after which the server is given up: some five minutes. */
const LAST_QUESTION = 150;

/**
 * Follows a document until it has ended. Rejects with the signal's reason, or with an error that
 * `fanfoldErrorOf` reads: there is no such document, or the server has gone away.
 */
export async function watchDocument(
  client: FanfoldClient,
  documentId: string,
  { signal, onUpdate = () => {}, patience = PATIENCE }: WatchOptions = {},
): Promise<DocumentDetail> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<DocumentDetail>();
  const ended = new AbortController();
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort);
  const watch = {
    client,
    documentId,
    signal: ended.signal,
    seq: 0,
    patience,
    downSince: Date.now(),
    onUpdate,
    resolve,
    fail: (error: unknown) => reject(asFanfoldError(error)),
  };
  followStream(watch).catch(reject);
  askMeanwhile(watch).catch(reject);
  try {
    return await promise;
  } finally {
    ended.abort();
    signal?.removeEventListener('abort', abort);
  }
}

interface Watch {
  client: FanfoldClient;
  documentId: string;
  signal: AbortSignal;
  patience: number;
  /** Of the newest view. */
  seq: number;
  lastEventId?: string;
  /** Since when there has been no stream; undefined while there is one. */
  downSince: number | undefined;
  onUpdate(update: WatchUpdate): void;
  resolve(document: DocumentDetail): void;
  fail(error: unknown): void;
}

async function followStream(watch: Watch): Promise<void> {
  while (!watch.signal.aborted) {
    await subscribe(watch).catch((error: unknown) => {
      if (!isTransient(error)) watch.fail(error);
    });
    setLive(watch, false);
    // Where the stream was refused, the answer says why.
    if (!watch.signal.aborted) await ask(watch).catch(() => undefined);
    await sleep(PAUSE, watch.signal);
  }
}

/** Resolves when the stream ends for good; the transport reconnects by itself before that. */
function subscribe(watch: Watch): Promise<void> {
  const { client, documentId, signal, lastEventId } = watch;
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    client.live.watch.subscribe(
      { documentId, lastEventId },
      {
        signal,
        onData: ({ id, data: update }) => {
          watch.lastEventId = id;
          if (update.kind === 'document') take(watch, update.document, update.pages);
          if (update.kind === 'progress') watch.onUpdate({ kind: 'progress', pages: update.pages });
          if (update.kind === 'gone') watch.fail(noSuchDocument());
        },
        onConnectionStateChange: ({ state }) => setLive(watch, state === 'pending'),
        onError: reject,
        onComplete: resolve,
      },
    );
  });
}

function take(watch: Watch, document: DocumentDetail, pages: PageView[]): void {
  if (watch.signal.aborted || document.seq < watch.seq) return;
  watch.seq = document.seq;
  watch.onUpdate({ kind: 'document', document, pages });
  if (document.state === 'DONE' || document.state === 'FAILED') watch.resolve(document);
}

function setLive(watch: Watch, live: boolean): void {
  if (watch.signal.aborted || live === (watch.downSince === undefined)) return;
  watch.downSince = live ? undefined : Date.now();
  watch.onUpdate({ kind: 'connection', live });
}

function noSuchDocument(): FanfoldClientError {
  return new FanfoldClientError('NOT_FOUND', 'There is no such document.');
}

async function askMeanwhile(watch: Watch): Promise<void> {
  let unanswered = 0;
  while (!watch.signal.aborted) {
    await sleep(PAUSE, watch.signal);
    const { downSince } = watch;
    if (downSince === undefined || Date.now() - downSince < watch.patience) continue;
    try {
      await ask(watch);
      unanswered = 0;
    } catch (error) {
      unanswered += 1;
      if (unanswered >= LAST_QUESTION) watch.fail(error);
    }
  }
}

/** Reads the present state; rejects where the server does not answer. */
async function ask(watch: Watch): Promise<void> {
  const { client, documentId, signal, seq } = watch;
  try {
    const [document, pages] = await Promise.all([
      client.documents.get.query({ documentId }, { signal }),
      client.pages.list.query({ documentId, after: seq }, { signal }),
    ]);
    if (document.seq > seq) take(watch, document, pages);
  } catch (error) {
    if (signal.aborted) return;
    if (!isTransient(error)) return watch.fail(error);
    throw error;
  }
}
