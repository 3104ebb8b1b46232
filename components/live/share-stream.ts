import type { LiveUpdate } from '#server/live/watch.ts';
import type { EventSpan } from './known-events.ts';
import { createLeader, type Leader, type OpenStream } from './leader.ts';
import type { Coverage, Interest, Message } from './messages.ts';

/** This tab's part in the stream that the tabs of a browser share. */
export interface LiveTab {
  /** Says what the tab shows now. */
  show(shown: Pick<Interest, 'documentId' | 'visible'>): void;
  /** Has the stream opened anew: it may be broken without knowing. */
  retry(): void;
  leave(): void;
}

export interface LiveTabOptions {
  open: OpenStream;
  /** The event up to which this tab knows all pages of a document. */
  knownUpTo(documentId: string): number;
  onUpdate(update: LiveUpdate, span: EventSpan | undefined): void;
  /**
   * Whether updates of what the tab shows arrive as they happen. From then on nothing is missed; said
   * again when it shows another document of which that is true already.
   */
  onLive(live: boolean): void;
}

const NAME = 'fanfold-live-1';
/** Milliseconds between two signs of life of a tab. */
const SIGN = 5_000;
/** Milliseconds without an answer after which the leader is taken to be frozen. */
const FROZEN = 12_000;

/**
 * Browsers allow six connections to a server over HTTP/1.1, so one tab, which holds a lock, holds
 * the stream for all of them. When it is closed the next one gets the lock; when it is frozen, one
 * that someone looks at takes it. Where there are no locks (plain HTTP to another machine), each tab
 * holds its own.
 */
export function shareStream(options: LiveTabOptions): LiveTab {
  return canShare() ? joinTabs(options) : stayAlone(options);
}

export const canShare = () => 'locks' in navigator && 'BroadcastChannel' in globalThis;

function joinTabs(options: LiveTabOptions): LiveTab {
  const tab = crypto.randomUUID();
  const channel = new BroadcastChannel(NAME);
  const leaving = new AbortController();
  const member = createMember(options);
  let leader: Leader | undefined;
  let askedAt: number | undefined;

  const post = (message: Message) => {
    if (!leaving.signal.aborted) channel.postMessage(message);
  };
  const tellAll = (message: Message) => {
    post(message);
    member.take(message);
  };
  const beHere = () => {
    if (leader) return leader.hear(tab, member.interest());
    askedAt ??= Date.now();
    post({ kind: 'here', tab, interest: member.interest() });
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'who') return beHere();
    if (data.kind === 'here') return leader?.hear(data.tab, data.interest);
    if (data.kind === 'left') return leader?.forget(data.tab);
    if (data.kind === 'retry') return leader?.retry();
    askedAt = undefined;
    if (!leader) member.take(data);
  };

  const lead = async (): Promise<void> => {
    if (leaving.signal.aborted) return;
    const led = createLeader(options.open, tellAll);
    leader = led;
    post({ kind: 'who' });
    beHere();
    await new Promise<void>((resolve) => {
      leaving.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  };
  const apply = (steal: boolean) => {
    const lock = steal
      ? navigator.locks.request(NAME, { steal }, lead)
      : navigator.locks.request(NAME, { signal: leaving.signal }, lead);
    lock.catch(() => {
      // Left, or the lock was taken from a tab that had been frozen: it joins the others again.
      leader?.close();
      leader = undefined;
      if (!leaving.signal.aborted) apply(false);
    });
  };
  const timer = setInterval(() => {
    beHere();
    const waited = askedAt === undefined ? 0 : Date.now() - askedAt;
    if (!leader && member.interest().visible && waited > FROZEN) apply(true);
  }, SIGN);
  apply(false);

  return {
    show(shown) {
      member.show(shown);
      askedAt = undefined;
      beHere();
    },
    retry() {
      if (leader) leader.retry();
      else post({ kind: 'retry' });
    },
    leave() {
      clearInterval(timer);
      post({ kind: 'left', tab });
      leader?.close();
      leader = undefined;
      leaving.abort();
      channel.close();
    },
  };
}

function stayAlone(options: LiveTabOptions): LiveTab {
  const member = createMember(options);
  const leader = createLeader(options.open, member.take);
  const beHere = () => leader.hear('', member.interest());
  const timer = setInterval(beHere, SIGN);
  return {
    show(shown) {
      member.show(shown);
      beHere();
    },
    retry: leader.retry,
    leave() {
      clearInterval(timer);
      leader.close();
    },
  };
}

/** What a tab knows of the stream, whoever holds it. */
function createMember({ knownUpTo, onUpdate, onLive }: LiveTabOptions) {
  let shown: Pick<Interest, 'documentId' | 'visible'> = { documentId: undefined, visible: true };
  let coverage: Coverage = { live: false, documentIds: [] };
  let live = false;
  const judge = () => {
    const { documentId } = shown;
    const covered = !documentId || coverage.documentIds.includes(documentId);
    if (live === (coverage.live && covered)) return false;
    live = !live;
    onLive(live);
    return true;
  };
  return {
    interest: (): Interest => ({
      ...shown,
      seq: shown.documentId ? knownUpTo(shown.documentId) : 0,
    }),
    show(next: typeof shown) {
      const another = next.documentId !== undefined && next.documentId !== shown.documentId;
      shown = next;
      if (!judge() && live && another) onLive(true);
    },
    take(message: Message) {
      if (message.kind === 'update') onUpdate(message.update, message.span);
      if (message.kind !== 'coverage') return;
      coverage = message.coverage;
      judge();
    },
  };
}
