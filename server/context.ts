import type { Executor, Transaction } from '#db/client.ts';
import type { Env } from './env.ts';
import type { JobQueue } from './jobs/queue.ts';
import type { Logger } from './logger.ts';
import type { ObjectStorage } from './storage/client.ts';

/** What a verb may use, wherever it is called from. */
export interface SystemContext {
  env: Env;
  db: Executor;
  jobs: JobQueue;
  storage: ObjectStorage;
  logger: Logger;
}

/** A verb that acts for an owner, and sees nothing of others. */
export interface Context extends SystemContext {
  ownerId: string;
}

/** The owner of everything until accounts exist. */
export const LOCAL_OWNER_ID = '00000000-0000-4000-8000-000000000001';

/** Runs `work` in a transaction; in the caller's own where it already is in one. */
export function inTransaction<C extends SystemContext, T>(
  ctx: C,
  work: (ctx: C & { db: Transaction }) => Promise<T>,
): Promise<T> {
  if (isTransaction(ctx.db)) return work({ ...ctx, db: ctx.db });
  return ctx.db.transaction((db) => work({ ...ctx, db }));
}

function isTransaction(db: Executor): db is Transaction {
  return 'rollback' in db && typeof (db as { rollback: unknown }).rollback === 'function';
}
