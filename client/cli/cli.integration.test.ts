import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FanfoldError } from '#server/errors.ts';
import { createFanfoldClient } from '../index.ts';
import { startReader, type Verdict } from '../testing/reader.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { run } from './run.ts';

let server: TestServer;
let stopReader: () => Promise<void>;
let folder: string;

beforeAll(async () => {
  server = await startTestServer();
  stopReader = startReader(server.ctx, judge);
});

afterAll(async () => {
  await stopReader();
  await server.close();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-cli-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function judge({ fileName, unlocked }: { fileName: string; unlocked: boolean }): Verdict {
  if (fileName.startsWith('slow')) return 'wait';
  if (fileName.startsWith('broken')) return { error: new FanfoldError('CORRUPT_FILE') };
  if (fileName.startsWith('locked') && !unlocked) {
    return { error: new FanfoldError('PASSWORD_REQUIRED') };
  }
  return fileName.startsWith('partial') ? { pages: 3, failing: [2] } : { pages: 2 };
}

async function put(...names: string[]): Promise<void> {
  for (const name of names) await writeFile(join(folder, name), `%PDF-1.4 ${randomBytes(8)}`);
}

async function fanfold(
  args: string[],
  options: { env?: Record<string, string>; stdin?: string; signal?: AbortSignal } = {},
) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await run(args, {
    folder,
    env: { FANFOLD_URL: server.url, FANFOLD_API_KEY: server.apiKey, ...options.env },
    stdin: Readable.from(options.stdin ? [options.stdin] : []),
    stdout,
    stderr,
    signal: options.signal ?? new AbortController().signal,
  });
  const read = (stream: PassThrough) => String(stream.read() ?? '');
  return { code, stdout: read(stdout), stderr: read(stderr) };
}

describe('ocr', () => {
  test('writes the text of one file to standard output and nothing else', async () => {
    await put('scan.pdf');
    const { code, stdout, stderr } = await fanfold(['ocr', 'scan.pdf']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'text of scan.pdf\n' });
    expect(stderr).toContain('scan.pdf: done, 2 pages');
  });

  test('writes every format of several files into a folder', async () => {
    await put('a.pdf', 'b.pdf');
    const { code } = await fanfold(['ocr', '*.pdf', '-f', 'txt,json', '-o', 'out', '-q']);
    expect(code).toBe(0);
    const names = await readdir(join(folder, 'out'));
    expect(names.sort()).toEqual(['a.json', 'a.txt', 'b.json', 'b.txt']);
    expect(await readFile(join(folder, 'out/b.txt'), 'utf8')).toBe('text of b.pdf\n');
  });

  test('keeps results that are there, and overwrites them with --force', async () => {
    await put('a.pdf');
    await writeFile(join(folder, 'a.txt'), 'mine');
    await fanfold(['ocr', 'a.pdf', '-o', '.']);
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('mine');
    expect(await readFile(join(folder, 'a (2).txt'), 'utf8')).toBe('text of a.pdf\n');
    await fanfold(['ocr', 'a.pdf', '-o', '.', '--force']);
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('text of a.pdf\n');
  });

  test('ends with 3 and names the pages when some failed', async () => {
    await put('partial.pdf', 'good.pdf');
    const { code, stderr } = await fanfold(['ocr', 'partial.pdf', 'good.pdf', '-o', 'out', '-q']);
    expect(code).toBe(3);
    expect(stderr).toBe('partial.pdf: page 2: The page could not be drawn. (RENDER_FAILED)\n');
    expect((await readdir(join(folder, 'out'))).sort()).toEqual(['good.txt', 'partial.txt']);
  });

  test('tells machines everything in one object', async () => {
    await put('partial.pdf', 'broken.pdf');
    const { code, stdout } = await fanfold([
      'ocr',
      'partial.pdf',
      'broken.pdf',
      '--out',
      'out',
      '--json',
    ]);
    expect(code).toBe(1);
    const documentId = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(stdout)).toEqual({
      files: [
        {
          file: 'partial.pdf',
          documentId,
          status: 'partial',
          known: false,
          startAt: null,
          error: null,
          pages: {
            total: 3,
            completed: 2,
            failed: [{ page: 2, code: 'RENDER_FAILED', sentence: 'The page could not be drawn.' }],
          },
          outputs: [join(folder, 'out/partial.txt')],
        },
        {
          file: 'broken.pdf',
          documentId,
          status: 'failed',
          known: false,
          startAt: null,
          error: {
            code: 'CORRUPT_FILE',
            sentence: 'The file is damaged and cannot be opened.',
          },
          pages: { total: null, completed: 0, failed: [] },
          outputs: [],
        },
      ],
    });
  });

  test('reads a file once, and anew when told to', async () => {
    await put('good.pdf');
    const ocr = async (...more: string[]) => {
      const { stdout } = await fanfold(['ocr', 'good.pdf', '--json', ...more]);
      return JSON.parse(stdout).files[0];
    };
    const first = await ocr();
    expect(first).toMatchObject({ status: 'completed', known: false });
    expect(await ocr()).toMatchObject({ documentId: first.documentId, known: true });
    const again = await ocr('--again');
    expect(again).toMatchObject({ status: 'completed', known: false });
    expect(again.documentId).not.toBe(first.documentId);
  });

  test('does not wait for what waits for its time, until that is started', async () => {
    await put('good.pdf');
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const ocr = await fanfold(['ocr', 'good.pdf', '--json', '--start-after', soon]);
    const { documentId, status, startAt } = JSON.parse(ocr.stdout).files[0];
    expect({ code: ocr.code, status, startAt }).toEqual({
      code: 0,
      status: 'queued',
      startAt: soon,
    });
    expect((await fanfold(['start', documentId])).code).toBe(0);
  });

  test('a file that the server does not take is one failure among the files', async () => {
    await put('good.pdf');
    await writeFile(join(folder, 'empty.pdf'), '');
    const { code, stdout } = await fanfold([
      'ocr',
      'good.pdf',
      'empty.pdf',
      '--out',
      'out',
      '--json',
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).files).toMatchObject([
      { status: 'completed' },
      { status: 'failed', documentId: null, error: { code: 'EMPTY_FILE' } },
    ]);
  });

  test('opens protected files with a password of standard input or the environment', async () => {
    await put('locked.pdf');
    const without = await fanfold(['ocr', 'locked.pdf']);
    expect(without.code).toBe(1);
    expect(without.stderr).toContain('(PASSWORD_REQUIRED)');
    const piped = await fanfold(['ocr', 'locked.pdf', '--password-stdin'], { stdin: 'secret\n' });
    expect(piped).toMatchObject({ code: 0, stdout: 'text of locked.pdf\n' });
    const named = await fanfold(['ocr', 'locked.pdf'], { env: { FANFOLD_PASSWORD: 'secret' } });
    expect(named.code).toBe(0);
  });

  test('cancels what still runs when it is interrupted', async () => {
    await put('slow.pdf');
    const stopping = new AbortController();
    const running = fanfold(['ocr', 'slow.pdf', '--json'], { signal: stopping.signal });
    const client = createFanfoldClient(server);
    const slow = async () => {
      const page = await client.documents.list.query({});
      return page.documents.find(({ fileName }) => fileName === 'slow.pdf');
    };
    await expect.poll(async () => (await slow())?.status, { timeout: 15_000 }).toBe('queued');
    stopping.abort();
    const { code, stdout } = await running;
    expect(code).toBe(130);
    expect(JSON.parse(stdout).files).toMatchObject([{ file: 'slow.pdf', status: 'canceled' }]);
    expect((await slow())?.status).toBe('canceled');
  });

  test.each([
    ['several files without a folder', ['ocr', 'a.pdf', 'b.pdf']],
    ['a file that is not there', ['ocr', 'missing.pdf']],
    ['no command', []],
    ['an unknown command', ['read']],
  ])('ends with 2 for %s', async (_what, args) => {
    await put('a.pdf', 'b.pdf');
    const { code, stdout, stderr } = await fanfold(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^fanfold: .+\nTry: .+help\n$/);
  });
});

describe('the other commands', () => {
  test('list, status, get, cancel, retry and rm agree on a document', async () => {
    await put('slow.pdf', 'doc.pdf');
    await fanfold(['ocr', 'doc.pdf', '-o', 'out']);
    const listed = JSON.parse((await fanfold(['list', '--json'])).stdout);
    const { id } = listed.documents[0];
    expect((await fanfold(['list', '-n', '1'])).stdout).toMatch(
      new RegExp(`^ID +STATUS.*\n${id}  completed  2/2 .*doc.pdf\n$`),
    );
    expect((await fanfold(['status', id])).stdout).toContain('doc.pdf: completed, 2 of 2 pages');
    expect((await fanfold(['get', id])).stdout).toBe('text of doc.pdf\n');
    const saved = await fanfold(['get', id, '-f', 'txt,json', '-o', 'got']);
    expect(saved.stdout).toBe(`${folder}/got/doc.txt\n${folder}/got/doc.json\n`);
    const canceled = await fanfold(['cancel', id]);
    expect(canceled).toMatchObject({ code: 1, stderr: expect.stringContaining('(CONFLICT)') });
    expect((await fanfold(['retry', id])).code).toBe(1);
    expect((await fanfold(['rm', id])).code).toBe(0);
    expect((await fanfold(['status', id])).stderr).toContain('(NOT_FOUND)');
  });

  test('languages, help and --version answer', async () => {
    expect((await fanfold(['languages'])).stdout.split('\n')).toContain('eng');
    expect((await fanfold(['help'])).stdout).toContain('Exit codes');
    expect((await fanfold(['ocr', '--help'])).stdout).toContain('Exit codes');
    expect((await fanfold(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('finding the server', () => {
  const local = (env: Record<string, string> = {}) =>
    fanfold(['languages'], {
      env: { FANFOLD_URL: '', FANFOLD_API_KEY: '', FANFOLD_DATA: folder, ...env },
    });

  test('finds the one that runs on this machine', async () => {
    await writeFile(
      join(folder, 'run.json'),
      JSON.stringify({ url: server.url, pid: process.pid }),
    );
    await writeFile(join(folder, 'settings.json'), JSON.stringify({ localKey: server.apiKey }));
    expect((await local()).code).toBe(0);
  });

  test('says so when none runs here, also after one was killed', async () => {
    const sentence = /^fanfold: No Fanfold is running here\. Start it with `npm start`/;
    expect(await local()).toMatchObject({ code: 1, stderr: expect.stringMatching(sentence) });
    await writeFile(
      join(folder, 'run.json'),
      JSON.stringify({ url: server.url, pid: 2 ** 22 + 1 }),
    );
    expect((await local()).stderr).toMatch(sentence);
  });

  test('says so when the key is wrong or nobody answers', async () => {
    const wrong = await fanfold(['languages'], { env: { FANFOLD_API_KEY: 'wrong' } });
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('FANFOLD_API_KEY') });
    const nobody = await fanfold(['languages', '--url', 'http://127.0.0.1:9']);
    expect(nobody.stderr).toBe('fanfold: No Fanfold answers at http://127.0.0.1:9.\n');
  });
});
