import { type ChildProcess, fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { setPriority } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PagePoolOptions, ProcessSettings } from './protocol.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
/** V8's own heap, MB; pixels and WebAssembly lie outside of it. */
const HEAP_MB = 1_024;
/**
 * Held before garbage is collected, pixels counted: with as little as V8 begins with, each page has it
 * collected twice, which took a tenth of the time of a page that is read, and a third of a blank one's.
 */
const INITIAL_HEAP_MB = 256;
/** With as much as Node takes by itself, what is soon thrown away would be most of what a process holds. */
const YOUNG_HEAP_MB = 4;
/**
 * glibc would give each thread a heap of its own, in which what a page leaves is lost to all others. An
 * installed Tesseract would use all cores for each page.
 */
const ENVIRONMENT = { MALLOC_ARENA_MAX: '2', OMP_THREAD_LIMIT: '1' };

/** Starts a page process, with nothing of this one's environment. */
export function startProcess(options: PagePoolOptions): ChildProcess {
  const child = fork(MAIN, [JSON.stringify(processSettings(options))], {
    execArgv: [
      '--disallow-code-generation-from-strings',
      `--max-old-space-size=${HEAP_MB}`,
      `--initial-old-space-size=${INITIAL_HEAP_MB}`,
      `--max-semi-space-size=${YOUNG_HEAP_MB}`,
    ],
    serialization: 'advanced',
    env: { ...ENVIRONMENT, ...compileCache() } as unknown as NodeJS.ProcessEnv,
    // The last is what its watchdog writes to.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
  });
  giveWay(child.pid, options.niceness);
  return child;
}

/** What its modules were compiled to before, which is half of its start; Node adds a folder of its version. */
function compileCache(): { NODE_COMPILE_CACHE?: string } {
  const folder = getCompileCacheDir();
  return folder ? { NODE_COMPILE_CACHE: dirname(folder) } : {};
}

/** Set before it has any threads, which would keep theirs. */
function giveWay(pid: number | undefined, niceness = 0): void {
  if (pid === undefined || niceness === 0) return;
  try {
    setPriority(pid, niceness);
  } catch {
    // It has ended, or the system does not allow it: no reason not to read.
  }
}

function processSettings(options: PagePoolOptions): ProcessSettings {
  const { tessdataPath, nativeLibrary, visionPixels, nullMs, warm } = options;
  return { tessdataPath, nativeLibrary, visionPixels, nullMs, warm };
}
