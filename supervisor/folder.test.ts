import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareFolder } from './folder.ts';
import { acquireLock } from './lock.ts';
import { startOf } from './processes.ts';
import { endLeftovers } from './registry.ts';
import { loadSettings, saveSettings } from './settings.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fanfold-folder-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the data folder', () => {
  test('is made where there is none', () => {
    prepareFolder(join(folder, 'a/b'));
    expect(existsSync(join(folder, 'a/b'))).toBe(true);
  });

  test('is refused with a message when it cannot be one', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => prepareFolder(join(file, 'data'))).toThrow(
      `The data folder ${join(file, 'data')} cannot be written (ENOTDIR).`,
    );
  });
});

describe('the settings', () => {
  test('are made once, for their owner alone', () => {
    const settings = loadSettings(folder);
    expect(settings.secret).toMatch(/^[0-9a-f]{64}$/);
    expect(settings.localKey).toMatch(/^ff_local_[\w-]{43}$/);
    expect(statSync(join(folder, 'settings.json')).mode & 0o777).toBe(0o600);
    expect(loadSettings(folder)).toEqual(settings);
  });

  test('keep the ports', () => {
    saveSettings(folder, { ...loadSettings(folder), postgresPort: 5555 });
    expect(loadSettings(folder).postgresPort).toBe(5555);
  });

  test('are not made anew beside a database that only the lost ones open', () => {
    mkdirSync(join(folder, 'postgres'));
    expect(() => loadSettings(folder)).toThrow('settings.json is missing');
  });

  test('are refused with a message when they are damaged', () => {
    writeFileSync(join(folder, 'settings.json'), '{');
    expect(() => loadSettings(folder)).toThrow('settings.json cannot be read');
  });
});

describe('the lock', () => {
  test('is held by one process at a time, and free again after its release', async () => {
    const release = await acquireLock(folder);
    await expect(acquireLock(folder)).rejects.toThrow(`Process ${process.pid} already runs`);
    release();
    (await acquireLock(folder))();
    expect(existsSync(join(folder, 'lock.json'))).toBe(false);
  });

  test('of a process that is gone is taken over', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    writeLock(gone.pid, 'some time');
    await acquireLock(folder);
    expect(readLock().pid).toBe(process.pid);
  });

  test('of a process whose pid another one has by now is taken over', async () => {
    writeLock(process.ppid, 'before this one started');
    await acquireLock(folder);
    expect(readLock().pid).toBe(process.pid);
  });
});

describe('leftovers', () => {
  const stop = { signal: 'SIGTERM', graceMs: 300, force: 'SIGKILL' } as const;

  test('are ended, also when they do not want to', async () => {
    const { child, record } = await leftover("process.on('SIGTERM', () => {});");
    writeFileSync(join(folder, 'pids.json'), JSON.stringify([{ ...record, stop }]));
    const exit = once(child, 'exit');
    expect(await endLeftovers(join(folder, 'pids.json'))).toEqual(['leftover']);
    expect(await exit).toEqual([null, 'SIGKILL']);
  });

  test('leave a stranger alone that has the pid by now', async () => {
    const { child, record } = await leftover('');
    const stranger = { ...record, started: 'another time', stop };
    writeFileSync(join(folder, 'pids.json'), JSON.stringify([stranger]));
    expect(await endLeftovers(join(folder, 'pids.json'))).toEqual([]);
    expect(child.exitCode ?? child.signalCode).toBeNull();
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  });

  test('are none where there is no list', async () => {
    expect(await endLeftovers(join(folder, 'pids.json'))).toEqual([]);
  });
});

async function leftover(code: string) {
  const child = spawn(
    process.execPath,
    ['-e', `${code} console.log('up'); setInterval(() => {}, 1000)`],
    { stdio: ['ignore', 'pipe', 'inherit'], detached: true },
  );
  await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  return { child, record: { name: 'leftover', pid, started: startOf(pid) } };
}

function writeLock(pid: number | undefined, started: string): void {
  writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid, started }));
}

function readLock(): { pid: number } {
  return JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8'));
}
