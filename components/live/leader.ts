import type { LiveUpdate } from '#server/live/watch.ts';
import type { EventSpan } from './known-events.ts';
import type { Interest, Message } from './messages.ts';

export interface StreamHandlers {
  /**
   * The first update, and that of each reconnection, is `connected`. One of a watched document comes with
   * the events that have been told once it is.
   */
  onUpdate(update: LiveUpdate, span?: EventSpan): void;
  /** It is down; `over` where it does not come back by itself. */
  onDown(over: boolean): void;
}

/** Opens a stream that watches documents, each from an event on; returns what closes it. */
export type OpenStream = (documents: Map<string, number>, handlers: StreamHandlers) => () => void;

/** The tab that holds the stream for all. */
export interface Leader {
  hear(tab: string, interest: Interest): void;
  forget(tab: string): void;
  /** Opens the stream anew. */
  retry(): void;
  close(): void;
}

/** Milliseconds in which the answers of several tabs lead to one stream. */
const GATHER = 30;
/** Milliseconds after which a stream that is over is tried again. */
const AGAIN = 5_000;
/** Milliseconds after which a tab that says nothing any more is forgotten. */
const SILENT = 90_000;
/** As many documents as the server watches in one stream. */
const MOST_DOCUMENTS = 32;

interface Held {
  documentIds: string[];
  live: boolean;
  close(): void;
}

export function createLeader(open: OpenStream, tell: (message: Message) => void): Leader {
  const tabs = new Map<string, Interest & { heardAt: number }>();
  let current: Held | undefined;
  /** Takes the place of the current one once it is up, so that nothing falls between them. */
  let next: Held | undefined;
  let notBefore = 0;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  const tellCoverage = () => {
    const { live = false, documentIds = [] } = current ?? {};
    tell({ kind: 'coverage', coverage: { live, documentIds } });
  };
  const drop = () => {
    next?.close();
    current?.close();
    next = current = undefined;
  };

  const hold = (documents: Map<string, number>): Held => {
    const held: Held = { documentIds: [...documents.keys()], live: false, close: () => undefined };
    held.close = open(documents, {
      onUpdate(update, span) {
        if (update.kind !== 'connected') return tell({ kind: 'update', update, span });
        if (held === next) {
          current?.close();
          [current, next] = [held, undefined];
        }
        held.live = true;
        tellCoverage();
      },
      onDown(over) {
        held.live = false;
        if (over) tryAgain(held);
        tellCoverage();
      },
    });
    return held;
  };
  const tryAgain = (held: Held) => {
    if (held === next) next = undefined;
    if (held === current) current = undefined;
    notBefore = Date.now() + AGAIN;
    clearTimeout(again);
    again = setTimeout(adjust, AGAIN);
  };

  const adjust = () => {
    gathering = undefined;
    if (Date.now() < notBefore) return;
    const silentSince = Date.now() - SILENT;
    for (const [tab, { heardAt }] of tabs) if (heardAt < silentSince) tabs.delete(tab);
    const looking = [...tabs.values()].filter(({ visible }) => visible);
    if (looking.length === 0) {
      drop();
      return tellCoverage();
    }
    const documents = wantedBy(looking);
    const held = next ?? current;
    if (held && sameIds(held.documentIds, [...documents.keys()])) return;
    next?.close();
    next = hold(documents);
  };
  const gather = () => {
    gathering ??= setTimeout(adjust, GATHER);
  };

  return {
    hear(tab, interest) {
      tabs.set(tab, { ...interest, heardAt: Date.now() });
      tellCoverage();
      gather();
    },
    forget(tab) {
      tabs.delete(tab);
      gather();
    },
    retry() {
      drop();
      notBefore = 0;
      tellCoverage();
      gather();
    },
    close() {
      clearTimeout(gathering);
      clearTimeout(again);
      drop();
    },
  };
}

/** Each document that is looked at, from the event on that all who look at it know. */
function wantedBy(looking: Interest[]): Map<string, number> {
  const wanted = new Map<string, number>();
  for (const { documentId, seq } of looking) {
    if (!documentId || (wanted.size === MOST_DOCUMENTS && !wanted.has(documentId))) continue;
    wanted.set(documentId, Math.min(seq, wanted.get(documentId) ?? seq));
  }
  return wanted;
}

function sameIds(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
