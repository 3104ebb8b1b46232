import { sql } from 'drizzle-orm';
import { openDatabase } from '#db/client.ts';
import type { SystemContext } from '../context.ts';
import { getEnv } from '../env.ts';
import { createJobQueue, createSender } from '../jobs/queue.ts';
import { createAnnouncer } from '../live/announce.ts';
import { createLiveHub, type LiveHub } from '../live/hub.ts';
import { createLogger } from '../logger.ts';
import { createStorage } from '../storage/client.ts';

/** What the web process holds, made once. */
export interface WebServices {
  system: SystemContext;
  hub: LiveHub;
  stopping: AbortSignal;
  /** Rejects where the database does not answer. */
  check(): Promise<void>;
  /** Ends the subscriptions, then the connections. */
  stop(): Promise<void>;
}

const SLOT = Symbol.for('fanfold.web-services');
type Holder = typeof globalThis & { [SLOT]?: Promise<WebServices> };

/** Next bundles routes apart from each other; they share this process's services by the global object. */
export function getWebServices(): Promise<WebServices> {
  const holder = globalThis as Holder;
  holder[SLOT] ??= createWebServices().catch((error: unknown) => {
    delete holder[SLOT];
    throw error;
  });
  return holder[SLOT];
}

async function createWebServices(): Promise<WebServices> {
  const env = getEnv();
  const logger = createLogger({ name: 'web', level: env.LOG_LEVEL });
  const onError = (error: Error) => logger.error({ err: error }, 'the database failed');
  const database = openDatabase({ url: env.DATABASE_URL, max: env.DATABASE_POOL, onError });
  const boss = createSender(env.DATABASE_URL, onError);
  try {
    await boss.start();
  } catch (error) {
    await database.close();
    throw error;
  }
  const announcer = createAnnouncer({ db: database.db, logger });
  const system = {
    env,
    db: database.db,
    jobs: createJobQueue(boss),
    storage: createStorage(env),
    announcer,
    logger,
  };
  const hub = createLiveHub({ url: env.DATABASE_URL, ctx: system });
  const stopping = new AbortController();
  return {
    system,
    hub,
    stopping: stopping.signal,
    async check() {
      await database.db.execute(sql`select 1`);
    },
    async stop() {
      stopping.abort();
      await announcer.close();
      await hub.close();
      await boss.stop({ graceful: false });
      await database.close();
    },
  };
}
