import { EXIT } from './exit-code.ts';
import { run } from './run.ts';

/** npm hands on a Ctrl-C that the terminal has sent as well: within this time they are one. */
const SAME_SIGNAL_MS = 1_000;

const controller = new AbortController();
let stoppingSince: number | undefined;

function onSignal(): void {
  if (stoppingSince === undefined) {
    stoppingSince = Date.now();
    process.stderr.write('Stopping… (Ctrl-C again to stop without waiting)\n');
    controller.abort();
  } else if (Date.now() - stoppingSince > SAME_SIGNAL_MS) {
    process.exit(EXIT.interrupted);
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);

// A reader that has seen enough (`… | head`) is no failure to speak of; a full disk is.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`fanfold: ${error.message}\n`);
  process.exit(EXIT.failed);
});

// `npm run` moves to the project; relative paths start where the user is.
const { INIT_CWD, npm_lifecycle_event: script } = process.env;

process.exitCode = await run(process.argv.slice(2), {
  folder: script === 'fanfold' && INIT_CWD ? INIT_CWD : process.cwd(),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: controller.signal,
});
