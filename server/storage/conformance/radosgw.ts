import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import getPort from 'get-port';
import type { Server } from './target.ts';

const run = promisify(execFile);
const PROGRAMS = [
  'radosgw',
  'radosgw-admin',
  'ceph',
  'ceph-mon',
  'ceph-osd',
  'ceph-authtool',
  'monmaptool',
];
const CREDENTIALS = { accessKeyId: 'AKIDAPP', secretAccessKey: 'a-secret-of-the-suite' };
const READY_TIMEOUT_MS = 90_000;

export function isRadosgwInstalled(): boolean {
  try {
    execFileSync('which', PROGRAMS, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Starts Ceph's S3 server with one monitor and one OSD, both in memory, in a temp folder. */
export async function startRadosgw(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'radosgw-'));
  const children: ChildProcess[] = [];
  const stop = async () => {
    for (const child of children.reverse()) await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const port = await startCluster(folder, children);
    return { url: `http://127.0.0.1:${port}`, region: 'us-east-1', ...CREDENTIALS, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startCluster(folder: string, children: ChildProcess[]): Promise<number> {
  const [mon2, mon1, port] = [await getPort(), await getPort(), await getPort()];
  const conf = ['-c', join(folder, 'ceph.conf')];
  const fsid = randomUUID();
  for (const name of ['mon', 'osd', 'rgw']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'ceph.conf'), configuration(folder, fsid, mon2, mon1, port));
  await makeKeys(join(folder, 'keyring'));
  const monmap = join(folder, 'monmap');
  const addresses = `[v2:127.0.0.1:${mon2},v1:127.0.0.1:${mon1}]`;
  await run('monmaptool', ['--create', '--fsid', fsid, '--addv', 'a', addresses, monmap]);
  const keyring = join(folder, 'keyring');
  await run('ceph-mon', [...conf, '--mkfs', '-i', 'a', '--monmap', monmap, '--keyring', keyring]);
  launch(folder, children, 'ceph-mon', [...conf, '-i', 'a', '-f']);
  await until(() => run('ceph', [...conf, '--connect-timeout', '2', '-s']));
  const uuid = randomUUID();
  const id = (await run('ceph', [...conf, 'osd', 'create', uuid])).stdout.trim();
  await run('ceph-osd', [...conf, '-i', id, '--mkfs', '--osd-uuid', uuid]);
  launch(folder, children, 'ceph-osd', [...conf, '-i', id, '-f']);
  launch(folder, children, 'radosgw', [...conf, '-n', 'client.rgw', '-f']);
  await until(() => fetch(`http://127.0.0.1:${port}/`));
  const user = ['--uid=app', '--display-name=app', `--access-key=${CREDENTIALS.accessKeyId}`];
  await run('radosgw-admin', [
    ...conf,
    'user',
    'create',
    ...user,
    `--secret-key=${CREDENTIALS.secretAccessKey}`,
  ]);
  return port;
}

function configuration(
  folder: string,
  fsid: string,
  mon2: number,
  mon1: number,
  port: number,
): string {
  return `
[global]
fsid = ${fsid}
mon host = [v2:127.0.0.1:${mon2},v1:127.0.0.1:${mon1}]
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
auth allow insecure global id reclaim = false
keyring = ${folder}/keyring
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd crush chooseleaf type = 0
osd objectstore = memstore
osd max object name len = 2048
memstore device bytes = 1073741824
mon allow pool size one = true
mon max pg per osd = 1000
ms bind ipv6 = false
public network = 127.0.0.0/8
cluster network = 127.0.0.0/8
run dir = ${folder}
log file = ${folder}/$name.log
admin socket = ${folder}/$name.asok
pid file = ${folder}/$name.pid
mon data = ${folder}/mon
osd data = ${folder}/osd
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:${port}
rgw data = ${folder}/rgw
debug rgw = 0
`;
}

async function makeKeys(keyring: string): Promise<void> {
  const keys: [string, Record<string, string>][] = [
    ['mon.', { mon: 'allow *' }],
    ['client.admin', { mon: 'allow *', osd: 'allow *', mgr: 'allow *' }],
    ['client.rgw', { mon: 'allow rw', osd: 'allow rwx' }],
    ['osd.0', { mon: 'allow profile osd', osd: 'allow *' }],
  ];
  await run('ceph-authtool', ['--create-keyring', keyring]);
  for (const [name, caps] of keys) {
    const options = Object.entries(caps).flatMap(([daemon, rights]) => ['--cap', daemon, rights]);
    await run('ceph-authtool', [keyring, '--gen-key', '-n', name, ...options]);
  }
}

function launch(folder: string, children: ChildProcess[], program: string, args: string[]): void {
  const log = openSync(join(folder, `${program}.out`), 'a');
  children.push(spawn(program, args, { stdio: ['ignore', log, log] }));
  closeSync(log);
}

async function until(ready: () => Promise<unknown>): Promise<void> {
  for (const deadline = Date.now() + READY_TIMEOUT_MS; ; await sleep(250)) {
    try {
      await ready();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
