import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Harness } from '#server/testing/harness.ts';
import { WORKER_FLAGS } from '#supervisor/programs.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface WorkerProcess {
  child: ChildProcess;
  /** Resolves with the exit code, or null where a signal ended it. */
  exited: Promise<number | null>;
  /** Its log so far, one JSON line an entry. */
  log: () => string;
}

/**
 * Starts real workers on the harness's database and store, or what `main` makes of them; `close`
 * ends them and their data.
 */
export async function createWorkerFleet(harness: Pick<Harness, 'env'>, main = MAIN) {
  const folder = await mkdtemp(join(tmpdir(), 'fanfold-worker-'));
  const running = new Set<WorkerProcess>();
  return {
    async start(overrides: Record<string, string> = {}): Promise<WorkerProcess> {
      const worker = launch(main, harness, folder, overrides);
      running.add(worker);
      void worker.exited.then(() => running.delete(worker));
      await untilReady(worker);
      return worker;
    },
    async close(): Promise<void> {
      const ends = [...running].map((worker) => {
        worker.child.kill('SIGKILL');
        return worker.exited;
      });
      await Promise.all(ends);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function launch(
  main: string,
  harness: Pick<Harness, 'env'>,
  folder: string,
  overrides: Record<string, string>,
): WorkerProcess {
  const { env } = harness;
  const child = fork(main, {
    execArgv: [...process.execArgv, ...WORKER_FLAGS],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      LOG_LEVEL: 'info',
      FANFOLD_DATA: folder,
      NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
      DATABASE_URL: env.DATABASE_URL,
      S3_ENDPOINT: env.S3_ENDPOINT,
      S3_REGION: env.S3_REGION,
      S3_ACCESS_KEY_ID: env.S3_ACCESS_KEY_ID,
      S3_SECRET_ACCESS_KEY: env.S3_SECRET_ACCESS_KEY,
      FANFOLD_SECRET: env.FANFOLD_SECRET,
      FANFOLD_LOCAL_KEY: env.FANFOLD_LOCAL_KEY,
      WORKER_PAGE_PROCESSES: '2',
      ...overrides,
    },
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, exited, log: () => output };
}

async function untilReady(worker: WorkerProcess): Promise<void> {
  const ready = new Promise<void>((resolve) => {
    worker.child.on('message', (message) => message === 'ready' && resolve());
  });
  const died = worker.exited.then((code) => {
    throw new Error(`the worker ended with ${code} before it was ready:\n${worker.log()}`);
  });
  await Promise.race([ready, died]);
}
