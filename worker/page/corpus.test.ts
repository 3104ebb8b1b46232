import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CorpusFile, readCorpus, typeOf } from '#fixtures/corpus.ts';
import { PAGE_OPTIONS } from '#fixtures/page-pool.ts';
import { FanfoldError } from '#server/errors.ts';
import { createLogger } from '#server/logger.ts';
import { prepareTessdata } from '#worker/ocr/tessdata.ts';
import { createPagePool } from './pool.ts';
import type { Limits, PagePool, SourceFile } from './protocol.ts';

const corpus = readCorpus();
if (!corpus) console.log('skipped: no corpus');
const slow = process.env.FANFOLD_SLOW_TESTS === 'true';

const LIMITS: Limits = {
  maxPixels: 100_000_000,
  maxSide: 32_767,
  maxPages: 10_000,
  maxInflatedBytes: 256 * 1024 ** 2,
  maxTextLength: 5_000_000,
};
/** Of files with more pages than this, the first three are read. */
const MANY_PAGES = 20;
const PAGE_TIMEOUT_MS = 30_000;

interface Outcome {
  pages: number;
  /** Of the file, or as `p7:CODE` of a page. */
  errors: string[];
  /** Pages that were read and hold neither text nor a word about why. */
  silent: number[];
}

let folder: string;
let pool: PagePool;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-corpus-'));
  const { path } = await prepareTessdata({ cacheDir: folder });
  pool = createPagePool(
    {
      size: availableParallelism(),
      timeoutMs: PAGE_TIMEOUT_MS,
      maxRssBytes: 1_536 * 1024 ** 2,
      maxTasks: 100,
      tessdataPath: path,
    },
    { logger: createLogger({ name: 'corpus', level: 'silent' }) },
  );
});

afterAll(async () => {
  await pool?.close();
  await rm(folder, { recursive: true, force: true });
});

describe.skipIf(!corpus).concurrent('hostile files', () => {
  test.each((corpus ?? []).filter((file) => !file.slow))('$name ends as expected', judge, 120_000);
});

describe.skipIf(!corpus || !slow)('slow hostile files', () => {
  test.each((corpus ?? []).filter((file) => file.slow))('$name ends as expected', judge, 240_000);
});

async function judge(file: CorpusFile): Promise<void> {
  const outcome = await read(file);
  if (process.env.FANFOLD_SHOW_OUTCOMES) console.log(file.name, JSON.stringify(outcome));
  assertOutcome(file, outcome);
  if (file.password === null || file.password.startsWith('(')) return;
  const opened = await read(file, file.password);
  expect(opened.errors).toEqual([]);
}

async function read(file: CorpusFile, password?: string): Promise<Outcome> {
  const outcome: Outcome = { pages: 0, errors: [], silent: [] };
  const type = await typeOf(file.path);
  if (type === 'empty') return { ...outcome, errors: ['EMPTY_FILE'] };
  if (type === null) return { ...outcome, errors: ['UNSUPPORTED_TYPE'] };
  const source: SourceFile = { path: file.path, type, password };
  const { signal } = new AbortController();
  try {
    outcome.pages = (
      await pool.run({ kind: 'inspect', source, limits: LIMITS }, { signal })
    ).pageCount;
  } catch (error) {
    return { ...outcome, errors: [codeOf(error)] };
  }
  const last = outcome.pages > MANY_PAGES ? 3 : outcome.pages;
  for (let page = 1; page <= last; page++) {
    try {
      const task = {
        kind: 'recognize',
        source,
        limits: LIMITS,
        page,
        options: PAGE_OPTIONS,
      } as const;
      const { layout } = await pool.run({ ...task, languages: ['eng'] }, { signal });
      const told =
        layout.blocks.length > 0 || layout.source === 'blank' || layout.warnings.length > 0;
      if (!told) outcome.silent.push(page);
    } catch (error) {
      outcome.errors.push(`p${page}:${codeOf(error)}`);
    }
  }
  return outcome;
}

function codeOf(error: unknown): string {
  return error instanceof FanfoldError ? error.code : `not a FanfoldError: ${error}`;
}

function assertOutcome(file: CorpusFile, { pages, errors, silent }: Outcome): void {
  expect(silent).toEqual([]);
  if (file.expect === 'partial') {
    expect({ pages, errors }).toEqual({ pages: file.pages, errors: file.codes });
  } else if (errors.length > 0) {
    expect(file.expect).not.toBe('ok');
    for (const error of errors)
      expect(file.codes).toContain(
        file.codes[0]?.includes(':') ? error : error.replace(/^p\d+:/, ''),
      );
  } else {
    expect(file.expect).not.toBe('error');
    if (file.pages !== null) expect(pages).toBe(file.pages);
  }
}
