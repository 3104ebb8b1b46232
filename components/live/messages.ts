import type { LiveUpdate } from '#server/live/watch.ts';
import type { EventSpan } from './known-events.ts';

/** What a tab shows, and whether someone may be looking. */
export interface Interest {
  documentId: string | undefined;
  /** The event up to which the tab knows the document. */
  seq: number;
  visible: boolean;
}

/** What the one stream brings at the moment. */
export interface Coverage {
  live: boolean;
  /** The documents whose pages it watches. */
  documentIds: string[];
}

/** What the tabs of a browser tell each other; one of them, the leader, holds the stream. */
export type Message =
  /** From any tab, when it comes, shows something else, is asked, and every few seconds. */
  | { kind: 'here'; tab: string; interest: Interest }
  | { kind: 'left'; tab: string }
  /** From any tab: the stream may be broken without knowing. */
  | { kind: 'retry' }
  /** From the leader: who is there? */
  | { kind: 'who' }
  /** From the leader, when it changes and to each tab that says that it is here. */
  | { kind: 'coverage'; coverage: Coverage }
  | { kind: 'update'; update: LiveUpdate; span?: EventSpan | undefined };
