import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { atLeast, atMost, type Bar, exactly, holds, Skipped, type World } from '../harness/bar.ts';
import { kill } from '../harness/installation.ts';
import { checkInvariants } from '../harness/invariants.ts';
import { readDocument, scanLoad, submit, until, untilEnded } from '../harness/load.ts';

/** Bytes that are left on a disk that is full. */
const LEFT = 20_000;

export const fullDisk: Bar = {
  id: 'R26',
  title: 'the disk full in the worker’s temporary folder',
  longOnly: true,
  async run(world) {
    const folder = mountSmallDisk(world.folder);
    try {
      return [...(await fill(world, folder)), ...(await killAndStart(world, folder))];
    } finally {
      await world.endWorkers();
      execFileSync('umount', [folder]);
    }
  },
};

/** Fills the disk before the file arrives, and again before its outputs are made. */
async function fill(world: World, folder: string) {
  const { ctx, long } = world;
  const load = await scanLoad(6);
  const worker = await world.startWorker({ TMPDIR: folder });
  fillUp(folder);
  const documentId = await submit(ctx, load.bytes);
  await until(ctx, documentId, (row) => row.status === 'inspecting');
  await sleep(long ? 30_000 : 4_000);
  const waiting = await readDocument(ctx, documentId);
  empty(folder);
  await until(ctx, documentId, (row) => row.pagesCompleted >= 1);
  fillUp(folder);
  await until(ctx, documentId, (row) => row.status === 'assembling');
  await sleep(long ? 30_000 : 4_000);
  const assembling = await readDocument(ctx, documentId);
  empty(folder);
  const emptiedAt = Date.now();
  const row = await untilEnded(ctx, documentId);
  return [
    exactly('full while the file is fetched: the document is', waiting.status, 'inspecting'),
    exactly('full while outputs are made: the document is', assembling.status, 'assembling'),
    exactly('with room again it ends', row.status, 'completed'),
    atMost('after', (Date.now() - emptiedAt) / 1000, 15, ' s'),
    exactly('outputs that could not be made', await countFailures(world, documentId), 0),
    exactly('temporary files after the job', await filesLeft(folder), 0),
    exactly('the worker lives', worker.child.exitCode === null, true),
    holds(await checkInvariants(ctx, documentId, load)),
  ];
}

/** Leaves files behind by SIGKILL. */
async function killAndStart(world: World, folder: string) {
  const { ctx } = world;
  await world.endWorkers();
  const load = await scanLoad(6);
  const first = await world.startWorker({ TMPDIR: folder });
  const documentId = await submit(ctx, load.bytes);
  await until(ctx, documentId, (row) => row.pagesCompleted >= 1);
  kill(first.child.pid, 'SIGKILL');
  await first.exited;
  const left = filesOf(folder);
  await world.startWorker({ TMPDIR: folder });
  const still = filesOf(folder).filter((name) => left.includes(name));
  await untilEnded(ctx, documentId);
  return [
    atLeast('temporary files after SIGKILL', left.length, 1),
    exactly('of those after the next start', still.length, 0),
    exactly('temporary files after the job that was taken over', await filesLeft(folder), 0),
  ];
}

function mountSmallDisk(folder: string): string {
  const path = join(folder, 'small-disk');
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    throw new Skipped('mounting a small file system takes root on Linux');
  }
  return path;
}

function fillUp(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - LEFT)));
}

const empty = (folder: string) => rmSync(join(folder, 'filler'), { force: true });

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Removing them follows the document's end. */
async function filesLeft(folder: string): Promise<number> {
  for (const deadline = Date.now() + 5_000; Date.now() < deadline; await sleep(100)) {
    if (filesOf(folder).length === 0) return 0;
  }
  return filesOf(folder).length;
}

async function countFailures({ ctx }: World, documentId: string): Promise<number> {
  const { rows } = await ctx.db.execute<{ count: number }>(sql`
    select count(*)::int as count from outputs
    where document_id = ${documentId} and error_code is not null`);
  return rows[0]?.count ?? -1;
}
