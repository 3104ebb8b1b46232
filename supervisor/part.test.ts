import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Launch } from './child.ts';
import { Part } from './part.ts';
import { sendSignal, startOf } from './processes.ts';
import { openRegistry } from './registry.ts';

let folder: string;
let part: Part | undefined;
let lines: string[];
let warnings: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fanfold-part-'));
  lines = [];
  warnings = [];
});

afterEach(async () => {
  await part?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const UP = "console.log('up'); process.send('ready');";
const STAY = `${UP} setInterval(() => {}, 1000);`;

test('is ready once it says so, and gone once it was stopped', async () => {
  part = makePart(STAY);
  await part.start();
  const pid = part.pid ?? 0;
  expect(startOf(pid)).toBeDefined();
  await part.stop();
  expect(startOf(pid)).toBeUndefined();
  expect(lines).toEqual(['up']);
});

test('is started again, ever more slowly, as long as it ends by itself', async () => {
  part = makePart("console.log('up'); process.send('ready', () => process.exit(3))");
  await part.start();
  await until(() => warnings.length >= 3);
  expect(warnings.slice(0, 3)).toEqual([
    'stub ended with exit code 3; starting it again in 0.01 s',
    'stub ended with exit code 3; starting it again in 0.02 s',
    'stub ended with exit code 3; starting it again in 0.04 s',
  ]);
});

test('is tried again when it cannot even be started', async () => {
  part = makePart('', { command: '/does/not/exist' });
  part.start().catch(() => {});
  await until(() => warnings.length >= 2);
  expect(warnings[0]).toContain('could not be started: spawn /does/not/exist ENOENT');
});

test('is ended and started again when it was stopped and answers no more', async () => {
  const answer = "process.on('message', () => process.send('pong'));";
  part = makePart(`${answer} ${STAY}`, { pings: true });
  await part.start();
  await sleep(500);
  const old = part.pid ?? 0;
  expect(warnings).toEqual([]);
  sendSignal(old, 'SIGSTOP');
  await until(() => startOf(old) === undefined);
  await until(() => lines.length === 2);
  expect(warnings).toEqual([
    'stub has not answered for 0.4 s; ending it',
    'stub was ended by SIGKILL; starting it again in 0.01 s',
  ]);
});

test('is ended and started again when it was stopped before it was ready', async () => {
  part = makePart(
    "console.log('up'); process.on('message', () => process.send('pong')); setInterval(() => {}, 1000)",
    { pings: true },
  );
  part.start().catch(() => {});
  await until(() => lines.length === 1);
  const old = part.pid ?? 0;
  sendSignal(old, 'SIGSTOP');
  await until(() => startOf(old) === undefined);
  await until(() => lines.length === 2);
});

test('is replaced at once, while the old process finishes what it holds', async () => {
  part = makePart(
    `process.on('SIGTERM', () => setTimeout(() => { console.log('finished'); process.exit() }, 500)); ${STAY}`,
  );
  await part.start();
  const old = part.pid ?? 0;
  part.replace();
  await until(() => lines.filter((line) => line === 'up').length === 2);
  expect(startOf(old)).toBeDefined();
  await until(() => lines.includes('finished'));
  await until(() => startOf(old) === undefined);
  expect(startOf(part.pid ?? 0)).toBeDefined();
  expect(warnings).toEqual([]);
});

test('is forced when it does not end in time', async () => {
  part = makePart(`process.on('SIGTERM', () => {}); ${STAY}`);
  await part.start();
  const pid = part.pid ?? 0;
  await part.stop();
  expect(startOf(pid)).toBeUndefined();
});

test('takes along what it left in its process group', async () => {
  part = makePart(
    "const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);" +
      `console.log(child.pid); ${STAY}`,
  );
  await part.start();
  const grandchild = Number(lines[0]);
  expect(startOf(grandchild)).toBeDefined();
  sendSignal(part.pid ?? 0, 'SIGKILL');
  await until(() => startOf(grandchild) === undefined);
});

test('rejects its start when it is stopped before it is ready', async () => {
  part = makePart('setInterval(() => {}, 1000)');
  const started = part.start();
  await part.stop();
  await expect(started).rejects.toThrow('stub was stopped before it was ready');
});

function makePart(code: string, launch: Partial<Launch> = {}): Part {
  return new Part({
    name: 'stub',
    launch: {
      command: process.execPath,
      args: ['-e', code],
      env: process.env,
      ipc: true,
      ...launch,
    },
    ready: 'told',
    stop: { signal: 'SIGTERM', graceMs: 1_000, force: 'SIGKILL' },
    backoff: { first: 10, max: 100 },
    patience: { everyMs: 100, silentMs: 400 },
    registry: openRegistry(join(folder, 'pids.json')),
    output: {
      line: (_, text) => lines.push(text),
      info: () => {},
      warn: (text) => warnings.push(text),
      announce: () => {},
    },
  });
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !condition(); tries += 1) await sleep(20);
  expect(condition()).toBe(true);
}
