import { sql } from 'drizzle-orm';
import type { Executor } from '#db/client.ts';
import { listen } from '#db/listen.ts';
import type { SystemContext } from '../context.ts';
import { CHANGE_CHANNEL, type Change, parseChange } from './change.ts';
import { createLiveViews, type LiveViews } from './views.ts';

/** Milliseconds between looks for changes that were not announced. */
const LOOK = 5_000;
/** Milliseconds in which changes gather into one reading of every watcher. */
const GATHER = 100;
/** Seconds that a transaction may be open between the time of its events and its commit. */
const LONGEST_TRANSACTION = 30;

export interface Subscriber {
  ownerId: string;
  /** Called with a document that may have changed. */
  wake: (documentId: string) => void;
}

/** Spreads what one LISTEN connection hears over the watchers of this process. */
export interface LiveHub {
  views: LiveViews;
  subscribe(subscriber: Subscriber): () => void;
  close(): Promise<void>;
}

/**
 * Announcements are hints: one is lost when its process dies after the commit, or while nobody
 * listens. So the events of the last seconds are looked at every 5 s, and when listening begins anew,
 * by one query for all watchers.
 */
export function createLiveHub({ url, ctx }: { url: string; ctx: SystemContext }): LiveHub {
  const subscribers = new Set<Subscriber>();
  const stopping = new AbortController();
  const views = createLiveViews(ctx);

  const gathered = new Map<string, Change>();
  let gathering: NodeJS.Timeout | undefined;
  let lastWake = 0;
  const wakeAll = () => {
    gathering = undefined;
    lastWake = performance.now();
    const changes = [...gathered.values()];
    gathered.clear();
    for (const { documentId } of changes) views.changed(documentId);
    for (const subscriber of subscribers) {
      for (const { ownerId, documentId } of changes) {
        if (subscriber.ownerId === ownerId) subscriber.wake(documentId);
      }
    }
  };
  const wake = (change: Change) => {
    gathered.set(change.documentId, change);
    const wait = Math.max(0, lastWake + GATHER - performance.now());
    gathering ??= setTimeout(wakeAll, wait);
  };
  const look = createLook(ctx.db, wake);
  const lookAround = () => {
    if (subscribers.size === 0) return look.forget();
    look.now().catch((error: unknown) => {
      ctx.logger.warn({ err: error }, 'changes could not be looked for');
    });
  };
  const listening = listen(
    {
      url,
      channel: CHANGE_CHANNEL,
      onNotification: (payload) => {
        const change = parseChange(payload);
        if (change) wake(change);
      },
      onState: (connected) => connected && lookAround(),
    },
    stopping.signal,
  );
  const timer = setInterval(lookAround, LOOK);

  return {
    views,
    subscribe(subscriber) {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    async close() {
      clearInterval(timer);
      clearTimeout(gathering);
      stopping.abort();
      await listening;
    },
  };
}

interface Look {
  /** Wakes for documents that have events since the last look. */
  now(): Promise<void>;
  /** Watchers that come from now on read what there is by themselves. */
  forget(): void;
}

function createLook(db: Executor, wake: (change: Change) => void): Look {
  /** By the database's clock. */
  let last: string | null = null;
  let known = new Map<string, number>();
  let running: Promise<void> | undefined;

  const look = async () => {
    const { now, changes } = await readChanges(db, last);
    last = now;
    for (const change of changes) {
      if (change.seq > (known.get(change.documentId) ?? -1)) wake(change);
    }
    known = new Map(changes.map(({ documentId, seq }) => [documentId, seq]));
  };
  return {
    now() {
      running ??= look().finally(() => {
        running = undefined;
      });
      return running;
    },
    forget() {
      last = null;
    },
  };
}

async function readChanges(
  db: Executor,
  since: string | null,
): Promise<{ now: string; changes: (Change & { seq: number })[] }> {
  const from = sql`coalesce(${since}::timestamptz, now()) - ${LONGEST_TRANSACTION} * interval '1 second'`;
  const { rows } = await db.execute<{ now: string; changes: (Change & { seq: number })[] }>(sql`
    select now()::text as now, coalesce(jsonb_agg(changes), '[]') as changes from (
      select document_id as "documentId", owner_id as "ownerId", max(seq) as seq
      from events where created_at > ${from} group by document_id, owner_id
      union all
      select document_id, owner_id, ${Number.MAX_SAFE_INTEGER}::bigint
      from removals where requested_at > ${from}
    ) as changes`);
  return rows[0] ?? { now: new Date().toISOString(), changes: [] };
}
