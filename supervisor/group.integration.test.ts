import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
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
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clusterUrl } from './cluster.ts';
import type { Group } from './group.ts';
import { isRunning, type ProcessRecord, sendSignal } from './processes.ts';
import { isRoot } from './server-user.ts';
import { loadSettings } from './settings.ts';
import { stubGroup } from './testing/group.ts';

let folder: string;
let port: number;
let group: Group | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fanfold-group-'));
  chmodSync(folder, 0o711);
  port = await getPort({ host: '127.0.0.1' });
});

afterEach(async () => {
  await group?.stop();
  group = undefined;
  rmSync(folder, { recursive: true, force: true });
});

test('starts everything, says where, and leaves nothing behind when it stops', async () => {
  group = stubGroup(folder, port);
  const url = await group.start();
  expect(url).toBe(`http://127.0.0.1:${port}`);
  expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).toEqual({
    url,
    pid: process.pid,
  });
  expect(statSync(join(folder, 'run.json')).mode & 0o777).toBe(0o600);
  const records = readRecords();
  expect(records.map(({ name }) => name)).toEqual(['postgres', 'web', 'worker']);

  await group.stop();
  expect(records.filter(isRunning)).toEqual([]);
  for (const file of ['run.json', 'pids.json', 'lock.json', 'postgres/postmaster.pid']) {
    expect(existsSync(join(folder, file)), file).toBe(false);
  }
});

test('brings Postgres back with its data after its server was killed', async () => {
  group = stubGroup(folder, port);
  await group.start();
  await query('create table kept (id int)');
  await query('insert into kept values (7)');
  const before = group.part('postgres')?.pid;
  sendSignal(before ?? 0, 'SIGKILL');
  expect(await eventually(() => query('select id from kept'))).toEqual([{ id: 7 }]);
  expect(group.part('postgres')?.pid).not.toBe(before);
});

test.each(['web', 'worker'])('brings the %s back after it was killed', async (name) => {
  group = stubGroup(folder, port);
  await group.start();
  const before = group.part(name)?.pid ?? 0;
  sendSignal(before, 'SIGKILL');
  await eventually(() => {
    const pid = group?.part(name)?.pid;
    if (!pid || pid === before) throw new Error('not back yet');
  });
});

test('ends what a killed supervisor leaves, without another start', async () => {
  await startAndKillSupervisor();
  const records = readRecords();
  expect(records).toHaveLength(3);
  await eventually(() => expect(records.filter(isRunning)).toEqual([]));
});

test('starts at once on the folder of a supervisor that was killed', async () => {
  await startAndKillSupervisor();
  const before = readRecords();
  group = stubGroup(folder, port);
  await group.start();
  expect(before.filter(isRunning)).toEqual([]);
  expect(await query('select id from kept')).toEqual([{ id: 7 }]);
});

test('begins the database anew when its making was interrupted', async () => {
  mkdirSync(join(folder, 'postgres.new-1/base'), { recursive: true });
  writeFileSync(join(folder, 'postgres.new-1/PG_VERSION'), '18');
  group = stubGroup(folder, port);
  await group.start();
  expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
  expect(existsSync(join(folder, 'postgres.new-1'))).toBe(false);
});

test.runIf(isRoot())('runs as root in a folder that nobody else may enter', async () => {
  chmodSync(folder, 0o700);
  group = stubGroup(folder, port);
  await group.start();
  expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
});

test('refuses a folder that another process holds, and a port that is taken', async () => {
  group = stubGroup(folder, port);
  await group.start();
  await expect(stubGroup(folder, 0).start()).rejects.toThrow(`Process ${process.pid} already runs`);
  const other = mkdtempSync(join(tmpdir(), 'fanfold-group-'));
  const second = stubGroup(other, port);
  await expect(second.start()).rejects.toThrow(`Port ${port} is already in use.`);
  await second.stop();
  rmSync(other, { recursive: true });
});

async function startAndKillSupervisor(): Promise<void> {
  const script = join(import.meta.dirname, 'testing/run-group.ts');
  const supervisor = spawn(process.execPath, [script, folder, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [text] = await once(supervisor.stdout, 'data');
  expect(String(text)).toContain('ready');
  await query('create table kept (id int)');
  await query('insert into kept values (7)');
  supervisor.kill('SIGKILL');
  await once(supervisor, 'exit');
}

function readRecords(): ProcessRecord[] {
  return JSON.parse(readFileSync(join(folder, 'pids.json'), 'utf8'));
}

async function query(statement: string): Promise<unknown[]> {
  const { postgresPassword: password, postgresPort = 0 } = loadSettings(folder);
  const url = clusterUrl({ port: postgresPort, password, database: 'fanfold' });
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(statement)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Tries again until it does not throw; at most some 30 seconds. */
async function eventually<T>(attempt: () => T | Promise<T>): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    try {
      return await attempt();
    } catch {
      await sleep(100);
    }
  }
  return attempt();
}
