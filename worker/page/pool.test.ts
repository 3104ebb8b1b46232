import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTestPool, LIMITS, PAGE_OPTIONS, type TestPool } from '#fixtures/page-pool.ts';
import { endlessPdf, scannedPdf, textPdf } from '#fixtures/pdf.ts';
import { FanfoldError } from '#server/errors.ts';
import { createPagePool } from './pool.ts';
import { PageProcess } from './process.ts';
import type { RecognizeTask, SourceFile } from './protocol.ts';

const SLOW = 60_000;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const logger = { debug() {} } as unknown as Parameters<typeof createPagePool>[1]['logger'];

let pages: TestPool;
let text: SourceFile;
let scan: SourceFile;
let endless: SourceFile;

beforeEach(async () => {
  pages = await createTestPool();
  text = await pages.file('text.pdf', await textPdf({ pages: ['SHORT text'] }), 'application/pdf');
  scan = await pages.file(
    'scan.pdf',
    await scannedPdf({ pages: ['A scan to read'] }),
    'application/pdf',
  );
  endless = await pages.file('endless.pdf', await endlessPdf(), 'application/pdf');
});
afterEach(() => pages.close());

const recognize = (source: SourceFile): RecognizeTask => ({
  kind: 'recognize',
  source,
  limits: LIMITS,
  page: 1,
  languages: ['eng'],
  options: PAGE_OPTIONS,
});
const never = () => new AbortController().signal;

async function isGone(pid: number | undefined, withinMs: number): Promise<boolean> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(50)) {
    try {
      process.kill(pid as number, 0);
    } catch {
      return true;
    }
  }
  return false;
}

test('is ready once a process that was started ahead can read, and waits for none that ends', async () => {
  const ahead = createPagePool({ ...pages.options, startAhead: 1 }, { logger });
  try {
    const begun = performance.now();
    await ahead.ready();
    const loading = performance.now() - begun;
    await ahead.run({ kind: 'inspect', source: text, limits: LIMITS }, { signal: never() });
    expect(performance.now() - begun - loading).toBeLessThan(Math.max(1_000, loading));
  } finally {
    await ahead.close();
  }
  await ahead.ready();
  await pages.pool.ready();
});

describe('page pool', () => {
  test(
    'ends a page that takes too long, and serves the next one',
    async () => {
      const pool = createPagePool({ ...pages.options, timeoutMs: 2_500 }, { logger });
      await expect(pool.run(recognize(endless), { signal: never() })).rejects.toMatchObject({
        code: 'PAGE_TIMEOUT',
      });
      const { layout } = await pool.run(recognize(text), { signal: never() });
      expect(layout.source).toBe('native');
      await pool.close();
    },
    SLOW,
  );

  test(
    'ends a page that takes too much memory',
    async () => {
      const pool = createPagePool({ ...pages.options, maxRssBytes: 64 * 1024 ** 2 }, { logger });
      await expect(pool.run(recognize(scan), { signal: never() })).rejects.toMatchObject({
        code: 'PAGE_OUT_OF_MEMORY',
      });
      await pool.close();
    },
    SLOW,
  );

  test(
    'kills the process at once when its task is aborted, and rejects with the reason',
    async () => {
      const controller = new AbortController();
      const running = pages.pool.run(recognize(endless), {
        signal: controller.signal,
        onProgress: () => controller.abort(new Error('nobody waits any more')),
      });
      await expect(running).rejects.toThrow('nobody waits any more');
      const { layout } = await pages.pool.run(recognize(text), { signal: never() });
      expect(layout.source).toBe('native');
    },
    SLOW,
  );

  test(
    'lets go of a task that is aborted while it waits',
    async () => {
      const controller = new AbortController();
      const first = pages.pool.run(recognize(scan), { signal: never() });
      const waiting = pages.pool.run(recognize(text), { signal: controller.signal });
      controller.abort(new Error('gave up'));
      await expect(waiting).rejects.toThrow('gave up');
      await expect(first).resolves.toBeDefined();
    },
    SLOW,
  );

  test(
    'replaces a process after its last task that drew a page',
    async () => {
      let ended = 0;
      const counting = { debug: () => ended++ } as unknown as typeof logger;
      const pool = createPagePool({ ...pages.options, maxTasks: 1 }, { logger: counting });
      await pool.run(recognize(scan), { signal: never() });
      await pool.run(recognize(scan), { signal: never() });
      expect(ended).toBeGreaterThan(0);
      await pool.close();
    },
    SLOW,
  );

  test(
    'has processes ready before the first task, and after a last one',
    async () => {
      const before = countChildren();
      const pool = createPagePool(
        {
          ...pages.options,
          ...{ size: 2, startAhead: 2, maxTasks: 1 },
          warm: { engine: 'tesseract', languages: ['eng'] },
        },
        { logger },
      );
      expect(countChildren()).toBe(before + 2);
      await pool.run(recognize(scan), { signal: never() });
      await vi.waitFor(() => expect(countChildren()).toBe(before + 2), SLOW);
      await pool.close();
      await vi.waitFor(() => expect(countChildren()).toBe(before), SLOW);
    },
    SLOW,
  );

  test(
    'rejects what runs and what waits when it is closed',
    async () => {
      const running = [recognize(endless), recognize(text)].map((task) =>
        pages.pool.run(task, { signal: never() }),
      );
      const outcomes = Promise.allSettled(running);
      await pages.pool.close();
      for (const outcome of await outcomes) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(FanfoldError) });
      }
    },
    SLOW,
  );
});

describe('page process', () => {
  test('gives way to other processes where it is told to', async () => {
    const child = new PageProcess({ ...pages.options, niceness: 5 });
    expect(getPriority(child.pid)).toBe(5);
    child.kill(undefined);
    await child.ended;
  });

  test(
    'ends as crashed when it dies by itself',
    async () => {
      const child = new PageProcess(pages.options);
      const running = child.run(recognize(endless), {
        signal: never(),
        onProgress: () => process.kill(child.pid as number, 'SIGSEGV'),
      });
      await expect(running).rejects.toMatchObject({ code: 'PAGE_CRASHED' });
      await child.ended;
    },
    SLOW,
  );

  test.runIf(process.platform === 'linux')(
    'has no credentials in its environment',
    async () => {
      process.env.S3_SECRET_ACCESS_KEY = 'must-not-leak';
      const child = new PageProcess(pages.options);
      await child.run({ kind: 'inspect', source: text, limits: LIMITS }, { signal: never() });
      const environment = await readFile(`/proc/${child.pid}/environ`, 'utf8');
      child.kill(undefined);
      await child.ended;
      delete process.env.S3_SECRET_ACCESS_KEY;
      expect(environment).not.toContain('must-not-leak');
      expect(environment).not.toMatch(/DATABASE|S3_|FANFOLD/);
    },
    SLOW,
  );

  test(
    'ends when its parent is killed, though its main thread is busy',
    async () => {
      const code = `
      const { PageProcess } = await import('#worker/page/process.ts');
      const child = new PageProcess(${JSON.stringify(pages.options)});
      const signal = new AbortController().signal;
      child.run(${JSON.stringify(recognize(endless))}, { signal, onProgress: () => console.log(child.pid) });
    `;
      const parent = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: ROOT });
      const pid = await new Promise<number>((resolve) =>
        parent.stdout.once('data', (line) => resolve(Number(line))),
      );
      await sleep(500);
      parent.kill('SIGKILL');
      expect(await isGone(pid, 10_000)).toBe(true);
    },
    SLOW,
  );
});

/** Page processes of this process. */
function countChildren(): number {
  const { stdout } = execaSync('ps', ['-A', '-o', 'ppid=,args=']);
  const own = new RegExp(`^\\s*${process.pid} .*page/main\\.ts`, 'gm');
  return stdout.match(own)?.length ?? 0;
}
