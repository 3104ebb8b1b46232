import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '#fixtures/accuracy/random.ts';
import type { World } from './bar.ts';
import type { Crew } from './crew.ts';
import { kill, type Web } from './installation.ts';
import { childrenOf } from './processes.ts';

/** What faults are made of. */
export interface Victims {
  world: World;
  crew: Crew;
  /** The web process as it is now, and another in its place. */
  web(): Web;
  restartWeb(): Promise<void>;
  random: Random;
}

/** Makes one fault; resolves when it is over, which is not when what it broke is whole again. */
export type Fault = (victims: Victims) => Promise<void>;

/** Seconds for which something is stopped or away: a lease is fifteen. */
const LONGEST = 20;

export const FAULTS: Record<string, Fault> = {
  async 'worker killed'({ crew, random }) {
    kill(random.pick(crew.pids()), 'SIGKILL');
  },
  async 'worker stopped, then continued'({ crew, random }) {
    await holdUp([random.pick(crew.pids())], random.next() * LONGEST);
  },
  async 'page process killed'({ crew, random }) {
    kill(pageProcess(crew, random), 'SIGKILL');
  },
  async 'page process stopped, then continued'({ crew, random }) {
    await holdUp([pageProcess(crew, random)], random.next() * LONGEST);
  },
  async 'web killed'({ web, restartWeb }) {
    kill(web().pid, 'SIGKILL');
    await restartWeb();
  },
  async 'web stopped, then continued'({ web, random }) {
    await holdUp([web().pid], random.next() * 5);
  },
  async 'Postgres restarted at once'({ world }) {
    kill(world.postgres.pid, 'SIGQUIT');
  },
  async 'a process of Postgres killed'({ world, random }) {
    kill(random.pick(childrenOf(world.postgres.pid as number)), 'SIGKILL');
  },
  async 'connections to Postgres cut'({ world }) {
    world.wires.database.cut();
  },
  async 'the store killed'({ world }) {
    kill(world.store.pid, 'SIGKILL');
  },
  async 'the store answers 503'({ world, random }) {
    world.wires.store.weather({ kind: 'answer', status: 503 });
    await sleep(random.next() * LONGEST * 1000);
    world.wires.store.weather({ kind: 'clear' });
  },
};

function pageProcess(crew: Crew, random: Random): number | undefined {
  const worker: number | undefined = random.pick(crew.pids());
  return worker && random.pick(childrenOf(worker));
}

async function holdUp(pids: (number | undefined)[], seconds: number): Promise<void> {
  for (const pid of pids) kill(pid, 'SIGSTOP');
  await sleep(seconds * 1000);
  for (const pid of pids) kill(pid, 'SIGCONT');
}
