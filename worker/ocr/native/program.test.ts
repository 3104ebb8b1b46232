import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runProgram } from './program.ts';

const MODULE = new URL('./program.ts', import.meta.url).href;
const options = { input: new Uint8Array(), maxBytes: 1024 ** 3 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-program-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('gives a program its input, and takes its output and its exit code', async () => {
  const input = new Uint8Array(3_000_000).fill(65);
  const outcome = await runProgram('/bin/sh', ['-c', 'wc -c; echo no >&2; exit 7'], {
    ...options,
    input,
  });
  expect(outcome.stdout.toString().trim()).toBe('3000000');
  expect(outcome).toMatchObject({ code: 7, signal: null, stderr: 'no\n' });
});

test('a program that reads nothing of its input is no failure', async () => {
  const outcome = await runProgram('/bin/sh', ['-c', 'echo done'], {
    ...options,
    input: new Uint8Array(3_000_000),
  });
  expect(outcome.code).toBe(0);
});

test('a program sees nothing of our environment and one thread', async () => {
  const { stdout } = await runProgram('/usr/bin/env', [], options);
  const names = [...stdout.toString().matchAll(/^(\w+)=/gm)].map(([, name]) => name);
  expect(names).toContain('OMP_THREAD_LIMIT');
  expect(names).not.toContain('HOME');
});

test('a program gets no more memory than it may have', async () => {
  const hungry = ['-c', 'x=$(head -c 300000000 /dev/zero | tr "\\0" a); printf %s "$x" | wc -c'];
  const outcome = await runProgram('/bin/sh', hungry, { ...options, maxBytes: 100_000_000 });
  expect(outcome.stdout.toString().trim()).not.toBe('300000000');
});

test('a program ends when the process that started it is killed', async () => {
  const pidFile = join(folder, 'pid');
  const script = `
    import { runProgram } from ${JSON.stringify(MODULE)};
    await runProgram('/bin/sh', ['-c', 'echo $$ > ${pidFile}; exec sleep 300'],
      { input: new Uint8Array(), maxBytes: ${1024 ** 3} });`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script]);
  const pid = await pidIn(pidFile);
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  for (let tries = 0; isAlive(pid) && tries < 100; tries++) await sleep(50);
  expect(isAlive(pid)).toBe(false);
}, 20_000);

async function pidIn(path: string): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const text = await readFile(path, 'utf8').catch(() => '');
    if (text.endsWith('\n')) return Number(text);
    await sleep(50);
  }
  throw new Error('the program did not start');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
