import type { Mode } from './environment.ts';
import { Group } from './group.ts';
import { addressOf, fail, folderOf, PROJECT, readSource, terminalOutput } from './options.ts';
import type { Output } from './output.ts';

/** npm hands on a Ctrl-C that the terminal has sent as well: within this time they are one. */
const SAME_SIGNAL_MS = 1_000;

/** Runs the group until a signal ends it, and then ends this process: 0 after a clean stop. */
export async function supervise(
  mode: Mode,
  onReady?: (group: Group, output: Output) => void,
): Promise<void> {
  const source = readSource();
  const output = terminalOutput(source);
  try {
    const options = { root: PROJECT, folder: folderOf(source), ...addressOf(source) };
    const group = new Group({ ...options, source, mode, output });
    endOnSignal(group, output);
    await startOrStop(group, output);
    onReady?.(group, output);
  } catch (error) {
    fail(output, error);
  }
}

/** The first signal stops the group in order; a later one does not wait. */
function endOnSignal(group: Group, output: Output): void {
  let stoppingSince: number | undefined;
  const onSignal = async () => {
    if (stoppingSince === undefined) {
      stoppingSince = Date.now();
      output.info('Stopping… (Ctrl-C again to stop without waiting)');
      await group.stop();
      process.exit(0);
    }
    if (Date.now() - stoppingSince < SAME_SIGNAL_MS) return;
    group.kill();
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  if (process.env.npm_lifecycle_event) whenOrphaned(onSignal);
}

/** An npm that was killed takes no Ctrl-C any more: nobody could stop the group by hand. */
function whenOrphaned(onOrphaned: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onOrphaned();
  }, 500);
  watch.unref();
}

async function startOrStop(group: Group, output: Output): Promise<void> {
  try {
    output.announce(`Fanfold is ready at ${await group.start()}`);
  } catch (error) {
    // A signal in the middle of the start: whoever received it ends the process.
    if (group.isStopping) return;
    await group.stop();
    throw error;
  }
}
