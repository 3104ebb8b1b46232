import { setTimeout as sleep } from 'node:timers/promises';
import { lt, sql } from 'drizzle-orm';
import type { Executor } from '#db/client.ts';
import { announcements } from '#db/schema/index.ts';
import type { Logger } from '../logger.ts';
import { CHANGE_CHANNEL, type Change } from './change.ts';

/** Milliseconds between two announcements of one document, by whatever processes. */
export const ANNOUNCE_EVERY = 100;

/** Tells watchers that documents may have changed. */
export interface Announcer {
  /** To be called after the commit. */
  note(change: Change): void;
  /** Announces what was noted. */
  close(): Promise<void>;
}

interface Noted {
  ownerId: string;
  /** The last announcement when it was first tried to make one; a later one tells of this change, too. */
  last: string | null;
}

/**
 * Announces changes by statements of their own, at most one in 100 ms: a transaction that notifies
 * takes a lock of the whole server while it waits for the disk, and this one waits for nothing. An
 * announcement that is lost with its process is made up for by the readers, who look every 5 s.
 */
export function createAnnouncer({ db, logger }: { db: Executor; logger: Logger }): Announcer {
  let noted = new Map<string, Noted>();
  let running: Promise<void> | undefined;

  const run = async () => {
    while (noted.size > 0) {
      const batch = noted;
      noted = new Map();
      try {
        for (const { documentId, last } of await announce(db, batch)) {
          const change = batch.get(documentId);
          if (change && !noted.has(documentId)) noted.set(documentId, { ...change, last });
        }
      } catch (error) {
        logger.warn({ err: error }, 'changes could not be announced');
      }
      await sleep(ANNOUNCE_EVERY);
    }
    running = undefined;
  };
  return {
    note({ ownerId, documentId }) {
      noted.set(documentId, { ownerId, last: null });
      running ??= run();
    },
    async close() {
      await running;
    },
  };
}

/** Removes what says nothing any more. */
export async function forgetAnnouncements(db: Executor): Promise<void> {
  await db.delete(announcements).where(lt(announcements.at, sql`now() - interval '1 hour'`));
}

/** Resolves to the documents that were announced so lately that they have to wait. */
async function announce(
  db: Executor,
  batch: Map<string, Noted>,
): Promise<{ documentId: string; last: string | null }[]> {
  const changes = [...batch].map(([documentId, change]) => ({ documentId, ...change }));
  const { rows } = await db.execute<{ documentId: string; last: string | null; done: boolean }>(sql`
    with noted as (
      select noted.*, announcements.at
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
          as noted ("documentId" uuid, "ownerId" uuid, last timestamptz)
        left join announcements on announcements.document_id = noted."documentId"
      where noted.last is null or noted.last = announcements.at
    ),
    mine as (
      insert into announcements (document_id, at)
      select "documentId", clock_timestamp() from noted order by "documentId"
      on conflict (document_id) do update set at = excluded.at
        where announcements.at <= excluded.at - ${ANNOUNCE_EVERY} * interval '1 millisecond'
      returning document_id
    )
    select "documentId", noted.at::text as last, mine.document_id is not null as done,
      case when mine.document_id is not null
        then pg_notify(${CHANGE_CHANNEL}, "ownerId" || ':' || "documentId") end
    from noted left join mine on mine.document_id = noted."documentId"`);
  return rows.filter(({ done }) => !done);
}
