import { setTimeout as sleep } from 'node:timers/promises';
import { LEASE_SECONDS } from '#server/jobs/catalog.ts';
import { readAttempts, repeats, untilReading, untilTakenOver } from '../harness/attempts.ts';
import { atLeast, atMost, type Bar, exactly, holds, type World } from '../harness/bar.ts';
import { against, standardLoad, undisturbedSeconds, warmUp } from '../harness/baseline.ts';
import { type Crew, startCrew } from '../harness/crew.ts';
import { kill } from '../harness/installation.ts';
import { checkInvariants, watchProgress } from '../harness/invariants.ts';
import {
  type Load,
  readDocument,
  scanLoad,
  submit,
  until,
  untilEnded,
  untilRead,
} from '../harness/load.ts';

export const killedWorkers: Bar = {
  id: 'R1',
  title: 'random workers killed while they read',
  async run(world) {
    const { ctx, long } = world;
    const load = await standardLoad(world);
    const undisturbed = long ? await undisturbedSeconds(world, load) : undefined;
    const crew = await startCrew(world, 2);
    await warmUp(world);
    const startedAt = Date.now();
    const documentId = await submit(ctx, load.bytes);
    const stopWatching = watchProgress(ctx, documentId);
    const kills = long
      ? await killByTheClock(world, documentId, load, crew, 20)
      : await killByProgress(world, documentId, crew, [2, 7]);
    await untilRead(ctx, documentId, load);
    const wall = (Date.now() - startedAt) / 1000;
    const twice = repeats(await readAttempts(ctx, documentId));
    const wrong = [...(await stopWatching()), ...(await checkInvariants(ctx, documentId, load))];
    await crew.dismiss();
    return [
      atLeast('workers killed', kills, long ? 10 : 2),
      ...against('wall time, 1.3 × T0 + L + 10', wall, undisturbed, (seconds) =>
        Math.round(1.3 * seconds + LEASE_SECONDS + 10),
      ),
      atMost('pages begun twice', twice, kills),
      holds(wrong),
    ];
  },
};

/** Kills a worker every five to ten seconds; resolves to how many until the document ended. */
async function killByTheClock(
  { ctx }: World,
  documentId: string,
  load: Load,
  crew: Crew,
  most: number,
) {
  const over = untilRead(ctx, documentId, load).then(() => true);
  for (let kills = 0; ; kills += 1) {
    const pause = sleep(5_000 + Math.random() * 5_000, false);
    if (kills === most || (await Promise.race([over, pause]))) return kills;
    crew.killOne();
  }
}

/** Kills a worker each time so many pages are there. */
async function killByProgress({ ctx }: World, documentId: string, crew: Crew, pages: number[]) {
  for (const count of pages) {
    await until(ctx, documentId, (row) => row.pagesCompleted >= count);
    crew.killOne();
  }
  return pages.length;
}

export const allWorkersKilled: Bar = {
  id: 'R2',
  title: 'every worker killed, started again later',
  longOnly: true,
  async run(world) {
    const { ctx, long } = world;
    const load = await scanLoad(12);
    await Promise.all([world.startWorker(), world.startWorker()]);
    const documentId = await submit(ctx, load.bytes);
    await until(ctx, documentId, (row) => row.pagesCompleted >= 2);
    await world.endWorkers();
    const before = await readDocument(ctx, documentId);
    await sleep(long ? 60_000 : 1_000);
    const startedAt = Date.now();
    await Promise.all([world.startWorker(), world.startWorker()]);
    await until(ctx, documentId, (row) => row.seq > before.seq);
    const resumed = (Date.now() - startedAt) / 1000;
    await untilEnded(ctx, documentId);
    return [
      atMost('work goes on after, L + 5', resumed, LEASE_SECONDS + 5, ' s'),
      holds(await checkInvariants(ctx, documentId, load)),
    ];
  },
};

export const frozenWorker: Bar = {
  id: 'R3',
  title: 'a worker stopped past its lease, then continued',
  longOnly: true,
  async run(world) {
    const { ctx, long } = world;
    const load = await scanLoad(16);
    const frozen = await world.startWorker();
    const { pid } = frozen.child;
    const documentId = await submit(ctx, load.bytes);
    const lost = await untilReading(ctx, documentId, pid);
    kill(pid, 'SIGSTOP');
    if (!lost) return [exactly('a page is being read', false, true)];
    const stoppedAt = Date.now();
    await world.startWorker();
    const taken = await untilTakenOver(ctx, lost, stoppedAt);
    await untilEnded(ctx, documentId);
    const rest = (long ? 3 * LEASE_SECONDS : 0) * 1000 - (Date.now() - stoppedAt);
    await sleep(Math.max(0, rest));
    const before = await readDocument(ctx, documentId);
    kill(pid, 'SIGCONT');
    await sleep(5_000);
    const after = await readDocument(ctx, documentId);
    const attempts = await readAttempts(ctx, documentId);
    const stale = attempts.find((row) => row.id === lost.id);
    return [
      atMost('its page is read elsewhere after', taken, 30, ' s'),
      exactly('events after it was continued', after.seq - before.seq, 0),
      exactly('outcome of the stale attempt', stale?.outcome ?? 'none', 'superseded'),
      holds(await checkInvariants(ctx, documentId, load)),
    ];
  },
};

export const crashedWorker: Bar = {
  id: 'R4',
  title: 'a dead worker is noticed',
  longOnly: true,
  async run(world) {
    const { ctx, long } = world;
    const load = await scanLoad(24);
    const taken: number[] = [];
    const wrong: string[] = [];
    for (let round = 0; round < (long ? 5 : 1); round += 1) {
      const victim = await world.startWorker();
      const documentId = await submit(ctx, load.bytes);
      await world.startWorker();
      await until(ctx, documentId, (row) => row.pagesCompleted >= 1);
      const lost = await untilReading(ctx, documentId, victim.child.pid);
      if (!lost) continue;
      kill(victim.child.pid, 'SIGKILL');
      taken.push(await untilTakenOver(ctx, lost, Date.now()));
      await untilEnded(ctx, documentId);
      wrong.push(...(await checkInvariants(ctx, documentId, load)));
      await world.endWorkers();
    }
    return [
      atLeast('workers killed', taken.length, 1),
      atMost('its page runs elsewhere after, at worst', Math.max(...taken), 30, ' s'),
      holds(wrong),
    ];
  },
};

export const stoppedWorker: Bar = {
  id: 'R6',
  title: 'a worker asked to stop',
  async run(world) {
    const { ctx } = world;
    const load = await scanLoad(16);
    const first = await world.startWorker();
    const documentId = await submit(ctx, load.bytes);
    await world.startWorker();
    await untilReading(ctx, documentId, first.child.pid);
    const stoppedAt = Date.now();
    kill(first.child.pid, 'SIGTERM');
    const code = await first.exited;
    const took = (Date.now() - stoppedAt) / 1000;
    const exitedAt = new Date();
    await untilEnded(ctx, documentId);
    const attempts = await readAttempts(ctx, documentId);
    const own = attempts.filter((row) => row.worker.endsWith(`:${first.child.pid}`));
    const late = own.filter((row) => row.startedAt.getTime() > stoppedAt + 500);
    const held = own.filter((row) => (row.finishedAt ?? new Date()) > exitedAt);
    return [
      exactly('exit code', code ?? -1, 0),
      atMost('gone after', took, 25, ' s'),
      exactly('pages begun after the signal', late.length, 0),
      exactly('pages still held when it was gone', held.length, 0),
      exactly('attempts used up', own.filter(({ outcome }) => outcome === 'failed').length, 0),
      holds(await checkInvariants(ctx, documentId, load)),
    ];
  },
};
