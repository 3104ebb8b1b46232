import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startReader } from '../testing/reader.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

const PROJECT = join(import.meta.dirname, '../..');

let server: TestServer;
let stopReader: () => Promise<void>;
let folder: string;

beforeAll(async () => {
  server = await startTestServer();
  stopReader = startReader(server.ctx, ({ fileName }) =>
    fileName === 'slow.pdf' ? 'wait' : { pages: 1 },
  );
  folder = await mkdtemp(join(tmpdir(), 'fanfold-cli-'));
  for (const name of ['scan.pdf', 'slow.pdf'])
    await writeFile(join(folder, name), `%PDF-1.4 ${name}\n`);
});

afterAll(async () => {
  await stopReader();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const environment = () => ({
  FANFOLD_URL: server.url,
  FANFOLD_API_KEY: server.apiKey,
  npm_lifecycle_event: undefined,
});

const fanfold = (...args: string[]) =>
  execa(process.execPath, [join(PROJECT, 'client/cli/main.ts'), ...args], {
    cwd: folder,
    env: environment(),
    reject: false,
    timeout: 30_000,
  });

test('the program prints the text and ends by itself', async () => {
  const { exitCode, stdout, stderr } = await fanfold('ocr', 'scan.pdf');
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'text of scan.pdf' });
  expect(stderr).not.toMatch(/warning/i);
});

test('under npm run, paths start where the user is', async () => {
  const words = ['--prefix', PROJECT, 'run', '-s', 'fanfold', '--', 'ocr', 'scan.pdf', '-q'];
  const { exitCode, stdout } = await execa('npm', words, {
    cwd: folder,
    env: environment(),
    reject: false,
    timeout: 30_000,
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'text of scan.pdf' });
});

test('Ctrl-C cancels the document and ends with 130', async () => {
  const running = fanfold('ocr', 'slow.pdf');
  for await (const line of running.iterable({ from: 'stderr' })) {
    if (line.includes('waiting')) running.kill('SIGINT');
  }
  expect((await running).exitCode).toBe(130);
  const [slow] = await server.ctx.db.query.documents.findMany({
    where: (document, { eq }) => eq(document.fileName, 'slow.pdf'),
  });
  expect(slow?.status).toBe('canceled');
});
