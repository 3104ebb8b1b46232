import type { Executor, Transaction } from '#db/client.ts';
import type { Env } from './env.ts';
import type { JobQueue } from './jobs/queue.ts';
import type { Announcer } from './live/announce.ts';
import type { Change } from './live/change.ts';
import type { Logger } from './logger.ts';
import type { ObjectStorage } from './storage/client.ts';

/** What a verb may use, wherever it is called from. */
export interface SystemContext {
  env: Env;
  db: Executor;
  jobs: JobQueue;
  storage: ObjectStorage;
  announcer: Pick<Announcer, 'note'>;
  logger: Logger;
}

/** A verb that acts for an owner, and sees nothing of others. */
export interface Context extends SystemContext {
  ownerId: string;
}

/** The owner of everything until accounts exist. */
export const LOCAL_OWNER_ID = '00000000-0000-4000-8000-000000000001';

/**
 * Runs `work` in a transaction; in the caller's own where it already is in one. Changes that it
 * notes are announced after the commit.
 */
export async function inTransaction<C extends SystemContext, T>(
  ctx: C,
  work: (ctx: C & { db: Transaction }) => Promise<T>,
): Promise<T> {
  if (isTransaction(ctx.db)) return work({ ...ctx, db: ctx.db });
  const changes: Change[] = [];
  const announcer = { note: (change: Change) => void changes.push(change) };
  const result = await ctx.db.transaction((db) => work({ ...ctx, db, announcer }));
  for (const change of changes) ctx.announcer.note(change);
  return result;
}

function isTransaction(db: Executor): db is Transaction {
  return 'rollback' in db && typeof (db as { rollback: unknown }).rollback === 'function';
}
