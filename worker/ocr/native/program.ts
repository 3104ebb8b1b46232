import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';

import { orStopped } from '../stoppable.ts';

/** What a program wrote, and how it ended. */
export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: Buffer;
  stderr: string;
}

/**
 * The shell watches file descriptor 3, whose other end this process holds: however this process
 * ends, the system closes it, and the shell ends the program. It takes `input` at descriptor 4, as
 * a shell gives what it starts in the background no standard input.
 */
const SCRIPT = `
ulimit -v "$LIMIT_KB" 2>/dev/null
exec 4<&0
"$@" <&4 3<&- 4<&- &
program=$!
exec 4<&-
{ read -r _ <&3; kill -KILL $program; } >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait $program
code=$?
kill $watcher
exit $code
`;

/**
 * Runs a program that never outlives this process, one thread wide, with nothing of this process's
 * environment. Rejects where it cannot be started, and with the reason of the signal that ends it.
 */
export async function runProgram(
  path: string,
  args: string[],
  options: { input: Uint8Array; maxBytes: number; signal?: AbortSignal | undefined },
): Promise<Outcome> {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'sh', path, ...args], {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    env: {
      LIMIT_KB: String(Math.round(options.maxBytes / 1024)),
      OMP_THREAD_LIMIT: '1',
      PATH: '/usr/bin:/bin',
    } as unknown as NodeJS.ProcessEnv,
  });
  const { promise, resolve, reject } = Promise.withResolvers<Pick<Outcome, 'code' | 'signal'>>();
  child.once('error', reject);
  child.once('close', (code, signal) => resolve({ code, signal }));
  // A program that ends before it has read everything says why at its end.
  child.stdin.on('error', () => {});
  child.stdio[3]?.on('error', () => {});
  child.stdin.end(options.input);
  const outcome = Promise.all([promise, buffer(child.stdout), text(child.stderr)]);
  const stop = () => child.stdio[3]?.destroy();
  const [ending, stdout, stderr] = await orStopped(outcome, options.signal, stop);
  return { ...ending, stdout, stderr };
}
