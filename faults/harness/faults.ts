import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '#fixtures/accuracy/random.ts';
import type { World } from './bar.ts';
import type { Crew } from './crew.ts';
import { kill, type Web } from './installation.ts';
import { childrenOf } from './processes.ts';
import type { Weather } from './wire.ts';

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

/** Seconds for which something is stopped or away, at most: a lease is fifteen, and a process of ours is replaced after thirty. */
const LONGEST = 40;
/** The same of the object store, which is asked again for two minutes. */
const STORE_AWAY = 60;
/** Bytes a second of a store that is slow. */
const SLOW = 20_000;

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
    await holdUp([web().pid], random.next() * LONGEST);
  },
  async 'Postgres restarted at once'({ world }) {
    kill(world.postgres.pid, 'SIGQUIT');
  },
  async 'a process of Postgres killed'({ world, random }) {
    kill(random.pick(childrenOf(world.postgres.pid as number)), 'SIGKILL');
  },
  async 'a process of Postgres stopped, then continued'({ world, random }) {
    const { pid } = world.postgres;
    await holdUp([random.pick(childrenOf(pid as number))], random.next() * LONGEST);
  },
  async 'the postmaster killed'({ world }) {
    kill(world.postgres.pid, 'SIGKILL');
  },
  async 'the postmaster stopped, then continued'({ world, random }) {
    await holdUp([world.postgres.pid], random.next() * LONGEST);
  },
  async 'connections to Postgres cut'({ world }) {
    world.wires.database.cut();
  },
  async 'connections to Postgres half-open'({ world }) {
    world.wires.database.freeze();
  },
  async 'the store killed'({ world }) {
    kill(world.store.pid, 'SIGKILL');
  },
  async 'the store stopped, then continued'({ world, random }) {
    await holdUp([world.store.pid], random.next() * LONGEST);
  },
  async 'the store answers 503'({ world, random }) {
    await weather(world, { kind: 'answer', status: 503 }, random.next() * STORE_AWAY);
  },
  async 'the store answers 503 with Retry-After'({ world, random }) {
    const busy = { kind: 'answer', status: 503, retryAfter: 5 } as const;
    await weather(world, busy, random.next() * STORE_AWAY);
  },
  async 'the store is slow'({ world, random }) {
    await weather(world, { kind: 'slow', bytesPerSecond: SLOW }, random.next() * LONGEST);
  },
};

function pageProcess(crew: Crew, random: Random): number | undefined {
  const worker: number | undefined = random.pick(crew.pids());
  return worker && random.pick(childrenOf(worker));
}

async function weather({ wires }: World, next: Weather, seconds: number): Promise<void> {
  wires.store.weather(next);
  await sleep(seconds * 1000);
  wires.store.weather({ kind: 'clear' });
}

async function holdUp(pids: (number | undefined)[], seconds: number): Promise<void> {
  for (const pid of pids) kill(pid, 'SIGSTOP');
  await sleep(seconds * 1000);
  for (const pid of pids) kill(pid, 'SIGCONT');
}
