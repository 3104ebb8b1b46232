import { tmpdir } from 'node:os';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenUpPage } from '#server/testing/dead-letter.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { run } from './run.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

async function fanfold(...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await run(args, {
    folder: tmpdir(),
    env: { FANFOLD_URL: server.url, FANFOLD_API_KEY: server.apiKey },
    stdin: Readable.from([]),
    stdout,
    stderr,
    signal: new AbortController().signal,
  });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

test('lists dead letters, shows one, previews and sends it back', async () => {
  const { id, documentId } = await givenUpPage(server.ctx);
  expect((await fanfold('admin', 'dead-letters')).stdout).toMatch(
    `${id}  page.recognize  PAGE_CRASHED`,
  );
  const shown = await fanfold('admin', 'dead-letters', 'show', id);
  expect(shown.stdout).toContain('PAGE_CRASHED after 3 attempts');
  expect(shown.stdout).toContain('at x');
  const preview = await fanfold('admin', 'dead-letters', 'redrive', '--preview');
  expect(preview.stdout).toBe('1 job would be queued again (1 page.recognize).\n');
  const sent = await fanfold(
    'admin',
    'dead-letters',
    'redrive',
    '--document',
    documentId,
    '--json',
  );
  expect(JSON.parse(sent.stdout)).toMatchObject({ jobs: 1 });
  expect((await fanfold('admin', 'dead-letters')).stdout).toBe('No dead letters.\n');
});

test('throws nothing away that was not named', async () => {
  const { id } = await givenUpPage(server.ctx);
  expect(await fanfold('admin', 'dead-letters', 'discard')).toMatchObject({ code: 2 });
  expect(await fanfold('admin', 'dead-letters', 'discard', '--code', 'NONSENSE')).toMatchObject({
    code: 2,
  });
  const { stdout } = await fanfold('admin', 'dead-letters', 'discard', id);
  expect(stdout).toBe('1 dead letter thrown away.\n');
});
