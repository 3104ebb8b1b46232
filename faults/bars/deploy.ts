import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { rollback } from '#db/rollback.ts';
import { createWorkerFleet } from '#worker/testing/worker-process.ts';
import { keepAsking } from '../harness/api.ts';
import { readAttempts, repeats } from '../harness/attempts.ts';
import { atLeast, type Bar, exactly, holds, type World } from '../harness/bar.ts';
import { standardLoad } from '../harness/baseline.ts';
import { environmentOf, kill, ROOT } from '../harness/installation.ts';
import { checkInvariants, watchProgress } from '../harness/invariants.ts';
import { type Load, scanLoad, submit, until, untilRead } from '../harness/load.ts';

export const rollingDeploy: Bar = {
  id: 'R24',
  title: 'a rolling deploy: two versions at once, with a migration',
  longOnly: true,
  async run(world) {
    const { ctx, env, long } = world;
    const load = await standardLoad(world);
    const old = await Promise.all([world.startWorker(), world.startWorker()]);
    const web = await world.startWeb();
    const askOld = keepAsking(web, env);
    const documentId = await submit(ctx, load.bytes);
    const stopWatching = watchProgress(ctx, documentId);
    await until(ctx, documentId, (row) => row.pagesCompleted >= load.pageCount / 10);

    const next = copyVersion(world.folder);
    await setUp(world, next);
    const fleet = await createWorkerFleet({ env }, join(next, 'worker/main.ts'));
    const settings = { WORKER_PAGE_PROCESSES: '1', TMPDIR: join(world.folder, 'tmp') };
    await Promise.all([fleet.start(settings), fleet.start(settings)]);
    const nextWeb = await world.startWeb({}, next);
    const askNext = keepAsking(nextWeb, env);
    const small = await scanLoad(4);
    const further = await submitFor(world, small, long ? 60 : 4);
    for (const { child } of old) kill(child.pid, 'SIGTERM');
    kill(web.pid, 'SIGTERM');
    const codes = await Promise.all([...old.map(({ exited }) => exited), web.exited]);
    const answersOld = await askOld();
    const all = [documentId, ...further];
    for (const id of all) await untilRead(ctx, id, load);
    const answersNext = await askNext();
    const wrong = [...(await stopWatching()), ...(await checkInvariants(ctx, documentId, load))];
    for (const id of further) wrong.push(...(await checkInvariants(ctx, id, small)));
    const attempts = (await Promise.all(all.map((id) => readAttempts(ctx, id)))).flat();
    await fleet.close();
    kill(nextWeb.pid, 'SIGTERM');
    await rollback(world.databaseUrl, join(next, 'db/migrations'));
    // Once it was told to stop there may be nobody who answers.
    const statuses = [...answersOld.statuses.keys(), ...answersNext.statuses.keys()];
    const other = statuses.filter((status) => ![200, 503, 0].includes(status));
    return [
      atLeast('documents read meanwhile', all.length, 2),
      atLeast('workers of both versions that read', countWorkers(attempts), 3),
      exactly('exit codes of the old version', codes.join(' '), '0 0 0'),
      exactly('answers other than 200 and 503', other.join(' ') || 'none', 'none'),
      exactly('the new web alone, without an answer', answersNext.statuses.get(0) ?? 0, 0),
      exactly('attempts used up', attempts.filter((one) => one.outcome === 'failed').length, 0),
      exactly('pages read twice', repeats(attempts.filter(isWork)), 0),
      holds(wrong),
    ];
  },
};

const isWork = ({ outcome }: { outcome: string }) => outcome !== 'released';

const countWorkers = (attempts: { worker: string }[]) =>
  new Set(attempts.map(({ worker }) => worker)).size;

const CODE = ['app', 'client', 'db', 'fixtures', 'faults', 'server', 'supervisor', 'worker'];

/** The same code as another version: in a folder of its own, with one migration more. */
function copyVersion(folder: string): string {
  const root = join(folder, 'next-version');
  mkdirSync(root);
  for (const name of [...CODE, 'package.json', 'tsconfig.json']) {
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  }
  for (const name of ['node_modules', 'tessdata']) symlinkSync(join(ROOT, name), join(root, name));
  const journal = join(root, 'db/migrations/meta/_journal.json');
  const content = JSON.parse(readFileSync(journal, 'utf8'));
  const tag = '9999_next_version';
  const when = Math.max(...content.entries.map((entry: { when: number }) => entry.when)) + 1;
  content.entries.push({ idx: content.entries.length, version: '7', when, tag, breakpoints: true });
  writeFileSync(journal, JSON.stringify(content));
  const up = `alter table pages add column next_version text;
--> statement-breakpoint
create index next_version_idx on pages (next_version);`;
  const down = 'drop index next_version_idx; alter table pages drop column next_version;';
  writeFileSync(join(root, `db/migrations/${tag}.sql`), up);
  writeFileSync(join(root, `db/migrations/${tag}.down.sql`), down);
  return root;
}

/** What `npm start` of the new version does first. */
async function setUp({ env }: World, root: string): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, 'server/setup.ts')], {
    env: { ...environmentOf(env), PATH: process.env.PATH, NODE_ENV: 'test' },
    timeout: 60_000,
  });
}

/** Keeps the workers busy for so many seconds; resolves to the documents. */
async function submitFor({ ctx }: World, load: Load, seconds: number): Promise<string[]> {
  const ids: string[] = [];
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(2_000)) {
    ids.push(await submit(ctx, load.bytes));
    await until(ctx, ids.at(-1) as string, (row) => row.pagesCompleted >= 1);
  }
  return ids;
}
