import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { type Installation, startInstallation } from '#faults/harness/installation.ts';
import { createWorkerFleet, type WorkerProcess } from '#worker/testing/worker-process.ts';

/** Durable, as an installation has it: a commit waits until it is on the disk. */
const SETTINGS = [
  'max_connections=500',
  'shared_buffers=256MB',
  'shared_preload_libraries=pg_stat_statements',
  'track_commit_timestamp=on',
];

const INSTANT_WORKER = fileURLToPath(new URL('./instant-worker.ts', import.meta.url));

/** One Postgres, one object store and no worker yet. */
export interface Bed extends Pick<Installation, 'ctx' | 'postgres' | 'store' | 'databaseUrl'> {
  /** Runs `use` beside workers; `instant` ones read pages within themselves. */
  withWorkers<T>(crew: Crew, use: (workers: WorkerProcess[]) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface Crew {
  workers: number;
  /** Pages that each reads at once. */
  slots: number;
  /** Milliseconds that the null engine takes for a page. */
  nullMs: number;
  instant: boolean;
}

export async function startBed(): Promise<Bed> {
  const installation = await startInstallation(SETTINGS);
  const { databaseUrl, postgres, store } = installation;
  const ctx = {
    ...installation.ctx,
    env: { ...installation.ctx.env, FANFOLD_NULL_ENGINE_MS: 0 },
  };
  await ctx.db.execute(sql`create extension if not exists pg_stat_statements`);
  const fleets = new Set<Awaited<ReturnType<typeof createWorkerFleet>>>();
  return {
    ctx,
    databaseUrl,
    postgres,
    store,
    async withWorkers({ workers, slots, nullMs, instant }, use) {
      const fleet = await createWorkerFleet(ctx, instant ? INSTANT_WORKER : undefined);
      fleets.add(fleet);
      const settings = {
        LOG_LEVEL: 'info',
        FANFOLD_ENGINE: 'null',
        FANFOLD_NULL_ENGINE_MS: String(nullMs),
        WORKER_PAGE_PROCESSES: String(slots),
      };
      try {
        return await use(
          await Promise.all(Array.from({ length: workers }, () => fleet.start(settings))),
        );
      } finally {
        fleets.delete(fleet);
        await fleet.close();
      }
    },
    async close() {
      await Promise.all([...fleets].map((fleet) => fleet.close()));
      await installation.close();
    },
  };
}
