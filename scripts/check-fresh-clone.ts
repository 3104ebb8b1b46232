import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import getPort from 'get-port';
import { scannedPdf } from '#fixtures/pdf.ts';

/** Milliseconds. */
const READY = 300_000;

/**
 * Clones the last commit, installs and starts it as a newcomer would, reads a scan through the
 * command line, and stops it. Throws where any of that fails.
 */
const folder = await mkdtemp(join(tmpdir(), 'fanfold-fresh-'));
const clone = join(folder, 'fanfold');
const port = await getPort({ host: '127.0.0.1' });
const env = { FANFOLD_DATA: join(folder, 'data'), PORT: String(port), NODE_ENV: undefined };
try {
  await execa('git', ['clone', '--quiet', '.', clone]);
  console.log('npm ci');
  await execa('npm', ['ci', '--no-audit', '--no-fund'], { cwd: clone, env });
  console.log('npm start');
  const server = execa('npm', ['start'], {
    cwd: clone,
    env,
    all: true,
    buffer: false,
    reject: false,
  });
  server.all?.pipe(process.stdout);
  try {
    await untilReady(join(folder, 'data', 'run.json'), server);
    await readScan();
  } finally {
    server.kill('SIGINT');
  }
  const { exitCode } = await server;
  if (exitCode !== 0) throw new Error(`npm start ended with exit code ${exitCode}`);
  console.log('A fresh clone installs, starts, reads a scan and stops.');
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function untilReady(file: string, ended: Promise<unknown>): Promise<void> {
  let over = false;
  ended.finally(() => {
    over = true;
  });
  const deadline = Date.now() + READY;
  while (Date.now() < deadline) {
    const ready = await access(file).then(
      () => true,
      () => false,
    );
    if (ready) return;
    if (over) throw new Error('npm start ended before it was ready');
    await sleep(500);
  }
  throw new Error('npm start was not ready in time');
}

async function readScan(): Promise<void> {
  const file = join(folder, 'scan.pdf');
  await writeFile(
    file,
    await scannedPdf({ pages: ['TOKEN ALPHA on page one', 'TOKEN BRAVO on page two'] }),
  );
  const { stdout } = await execa('npm', ['run', '--silent', 'fanfold', '--', 'ocr', file], {
    cwd: clone,
    env,
  });
  for (const token of ['ALPHA', 'BRAVO']) {
    if (!stdout.includes(token)) throw new Error(`${token} is missing from the text:\n${stdout}`);
  }
}
