import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { needsBuild } from '#supervisor/build.ts';
import type { Launch } from '#supervisor/child.ts';
import { fanfoldPrograms } from '#supervisor/programs.ts';
import type { World } from '../harness/bar.ts';
import { environmentOf, kill } from '../harness/installation.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HOST = '127.0.0.1';
/** Milliseconds in which the server has to answer. */
const START = 60_000;

export interface Server {
  url: string;
  pid: number;
  end(): Promise<void>;
}

/**
 * The web server as it runs in production, for the full load; for the short one, which does not wait
 * for a build, its routes behind a plain HTTP server.
 */
export async function startServer(
  world: World,
  overrides: Record<string, string> = {},
): Promise<Server> {
  if (world.long) return startNext(world, overrides);
  const { url, pid, exited } = await world.startWeb(overrides);
  return { url, pid, end: () => stop(pid, exited) };
}

async function startNext({ env }: World, overrides: Record<string, string>): Promise<Server> {
  const port = await getPort({ host: HOST });
  const settings = environmentOf({
    ...env,
    ...overrides,
    HOST,
    PORT: port,
    NODE_ENV: 'production',
  });
  const { PATH } = process.env;
  const { build, web } = fanfoldPrograms({
    root: ROOT,
    mode: 'production',
    host: HOST,
    port,
    env: { ...settings, PATH, NODE_ENV: 'production' },
  });
  if (build && needsBuild(ROOT)) await once(launch(build), 'exit');
  const child = launch(web);
  const exited = once(child, 'exit');
  const url = `http://${HOST}:${port}`;
  for (const deadline = Date.now() + START; Date.now() < deadline; await sleep(200)) {
    if (child.exitCode !== null) throw new Error(`the web server ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/api/health`).catch(() => undefined);
    if (answer?.ok) break;
  }
  const pid = child.pid as number;
  return { url, pid, end: () => stop(pid, exited) };
}

function launch({ command, args, cwd, env }: Launch): ChildProcess {
  return spawn(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

async function stop(pid: number, exited: Promise<unknown>): Promise<void> {
  kill(pid, 'SIGTERM');
  await exited;
}
