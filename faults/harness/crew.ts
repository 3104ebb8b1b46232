import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerProcess } from '#worker/testing/worker-process.ts';
import type { World } from './bar.ts';
import { kill } from './installation.ts';

/** Milliseconds in which a supervisor starts a worker again. */
const RESTART_MS = 500;

/** Workers that are started again when they end, as a supervisor does. */
export interface Crew {
  pids(): number[];
  /** Kills one of them, at random. */
  killOne(): void;
  /** Workers that ended by themselves, without being killed by us. */
  ends(): number;
  /** Lets them end for good. */
  dismiss(): Promise<void>;
}

export async function startCrew(
  world: World,
  size: number,
  overrides: Record<string, string> = {},
): Promise<Crew> {
  const members = new Map<number, WorkerProcess>();
  const killed = new Set<number>();
  let dismissed = false;
  let ends = 0;
  async function employ(): Promise<void> {
    const worker = await world.startWorker(overrides);
    const pid = worker.child.pid as number;
    members.set(pid, worker);
    void worker.exited.then(async () => {
      members.delete(pid);
      if (!killed.has(pid) && !dismissed) ends += 1;
      await sleep(RESTART_MS);
      if (!dismissed) await employ().catch(() => undefined);
    });
  }
  await Promise.all(Array.from({ length: size }, employ));
  const pids = () => [...members.keys()];
  return {
    pids,
    killOne() {
      const all = pids();
      const pid = all[Math.floor(Math.random() * all.length)];
      if (pid === undefined) return;
      killed.add(pid);
      kill(pid, 'SIGKILL');
    },
    ends: () => ends,
    async dismiss() {
      dismissed = true;
      await world.endWorkers();
    },
  };
}
