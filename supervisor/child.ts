import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type StopPolicy, sendSignal, sweepGroup } from './processes.ts';
import type { Registry } from './registry.ts';

/** What to run, and as whom. */
export interface Launch {
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** Gives a Node process a channel that disconnects when the supervisor is gone. */
  ipc?: boolean;
  /** It answers `ping` on that channel with `pong`; one that no longer does is hung. */
  pings?: boolean;
}

/** How a process ended; `error` when it could not be started at all. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  error?: Error;
}

export interface Child {
  pid: number | undefined;
  exited: Promise<Ending>;
  /** Resolves once it has said on its channel that it is ready; never where it says nothing. */
  ready: Promise<void>;
  /** Whether it answers within so many milliseconds. */
  ping(withinMs: number): Promise<boolean>;
  /** Ends it at once, also where it was stopped. */
  kill(): void;
  /** Asks the process to end, forces it after the policy's grace, resolves when it is gone. */
  end(): Promise<void>;
}

/**
 * Starts a process as the leader of its own group, so that a Ctrl-C of the terminal reaches the
 * supervisor alone, which then decides the order. What it leaves in its group ends with it.
 */
export function launchChild(
  name: string,
  launch: Launch,
  options: { stop: StopPolicy; registry: Registry; onLine: (line: string) => void },
): Child {
  const child = spawn(launch.command, launch.args, {
    env: launch.env,
    cwd: launch.cwd,
    uid: launch.uid,
    gid: launch.gid,
    detached: process.platform !== 'win32',
    stdio: launch.ipc ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid) options.registry.add(name, pid, options.stop);
  for (const stream of [child.stdout, child.stderr]) if (stream) readLines(stream, options.onLine);
  const exited = endingOf(child).then((ending) => {
    if (pid) {
      sweepGroup(pid);
      options.registry.remove(pid);
    }
    return ending;
  });
  return {
    pid,
    exited,
    ready: told(child, 'ready'),
    ping: (withinMs) => ping(child, withinMs),
    kill: () => void child.kill('SIGKILL'),
    end: () => endChild(child, exited, options.stop),
  };
}

export function describeEnding({ code, signal, error }: Ending): string {
  if (error) return `could not be started: ${error.message}`;
  return signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
}

function ping(child: ChildProcess, withinMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const late = setTimeout(() => resolve(false), withinMs);
  const listen = (message: unknown) => message === 'pong' && resolve(true);
  child.on('message', listen);
  if (child.connected) child.send('ping', () => {});
  return promise.finally(() => {
    clearTimeout(late);
    child.off('message', listen);
  });
}

function told(child: ChildProcess, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    child.on('message', (message) => message === wanted && resolve());
  });
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine);
}

function endingOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, error });
    });
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

async function endChild(
  child: ChildProcess,
  exited: Promise<Ending>,
  stop: StopPolicy,
): Promise<void> {
  const send = (signal: NodeJS.Signals) => {
    const running = child.exitCode === null && child.signalCode === null;
    if (child.pid && running) sendSignal(child.pid, signal);
  };
  send(stop.signal);
  const force = setTimeout(() => send(stop.force), stop.graceMs);
  await exited;
  clearTimeout(force);
}
