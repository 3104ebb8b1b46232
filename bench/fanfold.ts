import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSource } from '#client/cli/source-file.ts';
import { createFanfoldClient, type FanfoldClient } from '#client/index.ts';
import { uploadDocument } from '#client/upload.ts';
import type { EngineName } from '#server/engines/names.ts';
import type { Contender, Run } from './contender.ts';
import { watchTree } from './measure.ts';
import type { BenchSet } from './sets.ts';

const PROJECT = join(import.meta.dirname, '..');
/** Milliseconds; a first start also builds the web interface. */
const START_LIMIT = 600_000;
const POLL = 1_000;

/** An installation of its own on free ports, with a temporary data folder. */
export interface Instance {
  contender(engine: EngineName): Contender;
  stop(): Promise<void>;
}

export async function startFanfold(pageProcesses: number): Promise<Instance> {
  const data = await mkdtemp(join(tmpdir(), 'fanfold-bench-'));
  const supervisor = launch(data, pageProcesses);
  const stop = async () => {
    if (supervisor.exitCode === null) {
      supervisor.kill('SIGINT');
      await once(supervisor, 'exit');
    }
    await rm(data, { recursive: true, force: true });
  };
  try {
    const url = await addressOf(supervisor, join(data, 'run.json'));
    const { localKey } = JSON.parse(readFileSync(join(data, 'settings.json'), 'utf8'));
    const client = createFanfoldClient({ url, apiKey: localKey });
    const pid = supervisor.pid ?? 0;
    return { contender: (engine) => fanfoldContender(engine, client, pid), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function fanfoldContender(engine: EngineName, client: FanfoldClient, pid: number): Contender {
  return {
    name: `fanfold:${engine}`,
    title: `Fanfold, engine ${engine}`,
    async missing() {
      const { engines } = await client.system.info.query();
      return engines.includes(engine) ? null : `the engine ${engine} is not there`;
    },
    run: (set) => readSet(client, pid, engine, set),
  };
}

/** From finalize to the last page, by the server's own clock. */
async function readSet(
  client: FanfoldClient,
  pid: number,
  engine: EngineName,
  set: BenchSet,
): Promise<Run> {
  const watch = watchTree(pid);
  const { id: documentId } = await uploadDocument(client, await openSource(set.path), {
    options: { engine },
    force: true,
  });
  const ended = await waitForEnd(client, documentId);
  const usage = watch.stop();
  const pages = await client.pages.list.query({ documentId });
  const failed = pages.filter(({ status }) => status !== 'completed');
  if (failed.length > 0) throw new Error(`page ${failed[0]?.number}: ${failed[0]?.error?.code}`);
  const texts: string[] = [];
  for (const { number } of pages) {
    texts.push((await client.pages.text.query({ documentId, page: number })).text);
  }
  await client.documents.remove.mutate({ documentId });
  const since = Date.parse(ended.queuedAt ?? '');
  const last = Math.max(...pages.map(({ finishedAt }) => Date.parse(finishedAt ?? '')));
  return {
    ...usage,
    texts,
    wall: (last - since) / 1000,
    total: (Date.parse(ended.finishedAt ?? '') - since) / 1000,
  };
}

async function waitForEnd(client: FanfoldClient, documentId: string) {
  for (;;) {
    const document = await client.documents.get.query({ documentId });
    if (['DONE', 'FAILED'].includes(document.state)) return document;
    await sleep(POLL);
  }
}

function launch(data: string, pageProcesses: number): ChildProcess {
  const own = ['DATABASE_URL', 'S3_ENDPOINT', 'S3_PUBLIC_ENDPOINT', 'S3_ACCESS_KEY_ID'];
  const alone = [...own, 'S3_SECRET_ACCESS_KEY', 'FANFOLD_URL', 'FANFOLD_SECRET'];
  return spawn(
    process.execPath,
    ['--import', './supervisor/check-node.js', 'supervisor/start.ts'],
    {
      cwd: PROJECT,
      env: {
        ...process.env,
        ...Object.fromEntries([...alone, 'FANFOLD_LOCAL_KEY'].map((name) => [name, ''])),
        FANFOLD_DATA: data,
        HOST: '127.0.0.1',
        PORT: '0',
        WORKER_PAGE_PROCESSES: String(pageProcesses),
        // Should this process be killed, the installation stops by itself.
        npm_lifecycle_event: 'start',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
}

async function addressOf(supervisor: ChildProcess, file: string): Promise<string> {
  const deadline = Date.now() + START_LIMIT;
  while (!existsSync(file)) {
    if (supervisor.exitCode !== null || Date.now() > deadline)
      throw new Error('Fanfold did not start.');
    await sleep(200);
  }
  return (JSON.parse(readFileSync(file, 'utf8')) as { url: string }).url;
}
