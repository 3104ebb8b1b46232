/**
 * Reads pages with known text and says how well: `npm run bench:accuracy -- [options]`.
 *
 *   --only TEXT       pages whose set/name holds this text
 *   --folder PATH     pictures with texts of the same name instead of the pages of our own
 *   --engine NAME     tesseract or tesseract-native
 *   --quality NAME    fast, balanced (as it is) or best
 *   --auto            finds the languages of all pages, not only where they are not named
 *   --turn DEGREES    pages of our own lie on their side or head: 90, 180 or 270 clockwise
 *   --skew=DEGREES    pages of our own are tilted, clockwise
 *   --write           stores the results, to which later ones are compared
 *   --layouts PATH    writes each layout there as JSON
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LIMITS, PAGE_OPTIONS } from '#fixtures/page-pool.ts';
import type { PageOptions } from '#server/documents/schemas.ts';
import { findNativeTesseract } from '#server/engines/list.ts';
import type { EngineName } from '#server/engines/names.ts';
import { BUNDLED_LANGUAGES } from '#server/languages/list.ts';
import { LanguageMemory } from '#worker/languages/memory.ts';
import { createEngines } from '#worker/ocr/engines.ts';
import { prepareTessdata } from '#worker/ocr/tessdata.ts';
import type { Turn } from '#worker/page/preview.ts';
import { recognizePage } from '#worker/page/recognize.ts';
import { type BenchPage, folderPages, ownPages } from './pages.ts';
import { formatResults, type Results, roundResults } from './report.ts';

const STORED = fileURLToPath(new URL('./results.json', import.meta.url));

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    folder: { type: 'string' },
    engine: { type: 'string', default: 'tesseract' },
    quality: { type: 'string', default: 'balanced' },
    auto: { type: 'boolean', default: false },
    turn: { type: 'string', default: '0' },
    skew: { type: 'string', default: '0' },
    write: { type: 'boolean', default: false },
    layouts: { type: 'string' },
  },
});

const stored = JSON.parse(await readFile(STORED, 'utf8').catch(() => '{}')) as Results;
const tilt = { turn: Number(options.turn) as Turn, skew: Number(options.skew) };
const all = options.folder ? await folderPages(options.folder) : ownPages(tilt);
const results = await readPages(
  all.filter(({ set, name }) => `${set}/${name}`.includes(options.only)),
);
console.log(formatResults(results, stored));
if (options.write) {
  const merged = { ...stored };
  for (const [set, pages] of Object.entries(roundResults(results))) {
    merged[set] = { ...merged[set], ...pages };
  }
  await writeFile(STORED, `${JSON.stringify(merged, null, 2)}\n`);
}

async function readPages(pages: BenchPage[]): Promise<Results> {
  const folder = await mkdtemp(join(tmpdir(), 'fanfold-accuracy-'));
  const { path } = await prepareTessdata({ cacheDir: join(folder, 'tessdata') });
  const nativeLibrary = (await findNativeTesseract())?.path;
  const transcribe = () => Promise.reject(new Error('No model is asked.'));
  const engineOf = createEngines({ tessdataPath: path, nativeLibrary }, { transcribe });
  const engine = engineOf(options.engine as EngineName);
  const memory = new LanguageMemory();
  const results: Results = {};
  try {
    for (const page of pages) {
      const source = await page.write(folder);
      const { layout, cpu } = await readPage(page, source);
      results[page.set] = { ...results[page.set], [page.name]: await page.measure(layout, cpu) };
      if (options.layouts) await keepLayout(options.layouts, page, layout);
    }
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
  return results;

  async function readPage(page: BenchPage, source: Awaited<ReturnType<BenchPage['write']>>) {
    const before = process.cpuUsage();
    const ignore = () => undefined;
    const { layout } = await recognizePage(
      {
        kind: 'recognize',
        source,
        limits: LIMITS,
        page: 1,
        ...languagesOf(page),
        options: { ...PAGE_OPTIONS, quality: options.quality as PageOptions['quality'] },
      },
      { engine, memory, recall: async () => undefined, onProgress: ignore, onPreview: ignore },
    );
    const { user, system } = process.cpuUsage(before);
    return { layout, cpu: (user + system) / 1e6 };
  }
}

function languagesOf({ languages }: BenchPage) {
  if (languages && !options.auto) return { languages };
  return { languages: ['eng'], candidates: BUNDLED_LANGUAGES };
}

async function keepLayout(folder: string, page: BenchPage, layout: unknown): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${page.set}-${page.name}.json`), JSON.stringify(layout));
}
