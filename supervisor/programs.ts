import { createRequire } from 'node:module';
import type { Launch } from './child.ts';
import type { Mode } from './environment.ts';
import type { PartOptions } from './part.ts';
import { urlOf } from './ports.ts';
import type { StopPolicy } from './processes.ts';

/** What the group runs besides its servers; a test puts programs of its own in their place. */
export interface Programs {
  /** Undefined where there is nothing to build. */
  build?: Launch;
  setup: Launch;
  web: Launch;
  worker: Launch;
}

/** Time to drain, and a moment for the way out. */
export const PROGRAM_STOP: StopPolicy = { signal: 'SIGTERM', graceMs: 28_000, force: 'SIGKILL' };

/**
 * MiB of each half: exports and a thousand live streams leave much behind at once, and the default
 * keeps three times 16. That would save the worker 0.7 ms of the 33 that a born-digital page costs.
 */
const YOUNG_HEAP = '--max-semi-space-size=4';

/** Of V8 in a worker. */
export const WORKER_FLAGS = [YOUNG_HEAP];

/** The programs of the project in `root`. */
export function fanfoldPrograms(options: {
  root: string;
  mode: Mode;
  host: string;
  port: number;
  env: NodeJS.ProcessEnv;
}): Programs {
  const { root, mode, host, port } = options;
  const env = { ...options.env, NEXT_TELEMETRY_DISABLED: '1' };
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const node = (...args: string[]): Launch => ({
    command: process.execPath,
    args,
    cwd: root,
    env,
    ipc: true,
  });
  const pinged = (launch: Launch): Launch => ({ ...launch, pings: true });
  // glibc keeps what each thread frees to itself: a thousand streams would leave 50 MB behind.
  const server = node(YOUNG_HEAP, 'server/web/main.ts');
  return {
    build: mode === 'production' ? node(next, 'build') : undefined,
    setup: node('server/setup.ts'),
    // In production the application drains its streams before it ends; `next dev` just ends.
    web:
      mode === 'production'
        ? pinged({ ...server, env: { ...env, MALLOC_ARENA_MAX: '1' } })
        : node(next, 'dev', '-H', host, '-p', String(port)),
    worker: pinged(node(...WORKER_FLAGS, 'worker/main.ts')),
  };
}

type Specification = Pick<PartOptions, 'name' | 'launch' | 'ready' | 'stop'>;

export function webPart(launch: Launch, host: string, port: number): Specification {
  const health = `${urlOf(host, port)}/api/health`;
  return { name: 'web', launch, ready: { probe: () => isHealthy(health) }, stop: PROGRAM_STOP };
}

export function workerPart(launch: Launch): Specification {
  return { name: 'worker', launch, ready: 'told', stop: PROGRAM_STOP };
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}
