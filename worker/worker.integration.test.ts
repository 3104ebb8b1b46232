import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LETTERS } from '#fixtures/accuracy/languages.ts';
import { buildPdf, scannedPdf, textPdf } from '#fixtures/pdf.ts';
import { OUTPUT_FORMATS, type OutputFormat } from '#server/documents/formats.ts';
import { getDocument } from '#server/documents/get.ts';
import { downloadSchema } from '#server/documents/schemas.ts';
import { downloadOutput } from '#server/outputs/download.ts';
import { requestPreviews } from '#server/pages/preview.ts';
import { searchPages } from '#server/search/pages.ts';
import { searchPagesSchema } from '#server/search/schemas.ts';
import { countJobs } from '#server/testing/harness.ts';
import { PATIENCE, scanOf, TOKENS, workerTests } from './testing/worker-tests.ts';

const worker = workerTests();

/** The first paragraph of the letter in a language, a few words a line. */
function linesOf(language: string): string {
  const words = LETTERS[language]?.[0]?.split(' ') ?? [];
  const lines = Array.from({ length: Math.ceil(words.length / 8) }, (_, line) =>
    words.slice(8 * line, 8 * line + 8).join(' '),
  );
  return lines.join('\n');
}

/** The address of an output, once it was made. */
async function addressOf(documentId: string, format: OutputFormat): Promise<string> {
  const input = downloadSchema.parse({ documentId, format });
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await sleep(200)) {
    const { url } = await downloadOutput({ ctx: worker.ctx, input });
    if (url) return url;
  }
  throw new Error(`no ${format}`);
}

/** What the outputs hold that are no text, or hold none of it where there is no table. */
const CONTENT: { [K in OutputFormat]?: RegExp } = {
  pdf: /^%PDF-/,
  csv: /^page,table/,
  'tables-tsv': /^page\ttable/,
  zip: /^PK[\s\S]*manifest\.json/,
};

test(
  'a worker finds the language of each page, and the document is searched and written by it',
  async () => {
    await worker.fleet.start();
    const bytes = await scannedPdf({ pages: [linesOf('eng'), linesOf('deu')] });
    const documentId = await worker.submit(bytes, {
      languages: ['auto'],
      formats: ['txt', 'json'],
    });
    const ended = await worker.untilEnded(documentId);
    expect(ended).toMatchObject({ status: 'completed', foundLanguages: ['deu', 'eng'] });
    const [english, german] = await worker.pagesOf(documentId);
    expect([english?.languages, german?.languages]).toEqual([['eng'], ['deu']]);
    expect(german?.text).toContain('für Ihren Brief vom dritten');
    const json = JSON.parse(await worker.outputOf(documentId, 'json'));
    expect(json.languages).toEqual(['deu', 'eng']);
    const query = searchPagesSchema.parse({ query: 'Zustände' });
    const { hits } = await searchPages({ ctx: worker.ctx, input: query });
    expect(hits).toMatchObject([{ documentId, page: 2 }]);
  },
  PATIENCE,
);

test(
  'a worker reads a scan from its upload to its outputs',
  async () => {
    await worker.fleet.start();
    const tokens = TOKENS.slice(0, 3);
    const documentId = await worker.submit(await scanOf(tokens));
    expect(await worker.untilEnded(documentId)).toMatchObject({
      status: 'completed',
      pageCount: 3,
    });
    await worker.expectWhole(documentId, tokens);
    const json = JSON.parse(await worker.outputOf(documentId, 'json'));
    expect(json.pages).toHaveLength(3);
    const [word] = json.pages[0].blocks[0].lines[0].words;
    expect(word).toMatchObject({ text: 'The', provenance: 'ocr', box: expect.any(Array) });
    expect(word.confidence).toBeGreaterThan(50);
    const [page] = await worker.pagesOf(documentId);
    expect((await worker.ctx.storage.head(page?.imageKey ?? '')).size).toBeGreaterThan(1_000);
    expect((await worker.ctx.storage.head(page?.thumbnailKey ?? '')).size).toBeGreaterThan(100);
  },
  PATIENCE,
);

test(
  'a worker takes real text from the PDF, reads the scans between, and draws the text once asked to',
  async () => {
    await worker.fleet.start();
    const documentId = await worker.submit(
      await buildPdf([
        { kind: 'text', text: 'This page was born digital and says ALPHA in real letters.' },
        { kind: 'scan', text: 'This page was scanned and says BRAVO in pixels.' },
      ]),
    );
    await worker.untilEnded(documentId);
    const rows = await worker.pagesOf(documentId);
    expect(rows.map((row) => row.source)).toEqual(['native', 'ocr']);
    expect(rows[0]?.text).toContain('ALPHA');
    expect(rows[1]?.text).toContain('BRAVO');
    expect(rows.map((row) => row.imageKey !== null)).toEqual([false, true]);
    const wanted = { documentId, pages: [1, 2] };
    await Promise.all(
      Array.from({ length: 5 }, () => requestPreviews({ ctx: worker.ctx, input: wanted })),
    );
    for (let tries = 0; tries < 100 && !(await worker.pagesOf(documentId))[0]?.imageKey; tries += 1)
      await sleep(200);
    expect((await worker.pagesOf(documentId)).every((row) => row.imageKey !== null)).toBe(true);
    expect(await countJobs(worker.ctx, documentId, 'page.preview')).toBe(1);
  },
  PATIENCE,
);

test(
  'a worker writes every format that was asked for, and no other',
  async () => {
    await worker.fleet.start();
    const bytes = await scanOf(['ALPHA', 'BRAVO']);
    const documentId = await worker.submit(bytes, { formats: [...OUTPUT_FORMATS] });
    expect((await worker.untilEnded(documentId)).status).toBe('completed');
    const written = await getDocument({ ctx: worker.ctx, input: { documentId } });
    expect(written.outputs.map(({ format }) => format).sort()).toEqual(OUTPUT_FORMATS.toSorted());
    for (const format of OUTPUT_FORMATS) {
      const output = await worker.outputOf(documentId, format);
      expect(output, format).toMatch(CONTENT[format] ?? /ALPHA[\s\S]*BRAVO/);
    }
    const small = await worker.submit(bytes, { formats: ['md'] });
    await worker.untilEnded(small);
    const { outputs: few } = await getDocument({ ctx: worker.ctx, input: { documentId: small } });
    expect(few.map(({ format }) => format)).toEqual(['md']);
  },
  PATIENCE,
);

test(
  'a worker makes a format when it is asked for',
  async () => {
    await worker.fleet.start();
    const documentId = await worker.submit(await textPdf({ pages: ['ALPHA', 'BRAVO'] }), {
      formats: ['json'],
    });
    await worker.untilEnded(documentId);
    for (const format of ['txt', 'pdf'] as const) {
      const made = await (await fetch(await addressOf(documentId, format))).text();
      expect(made).toMatch(format === 'txt' ? /ALPHA[\s\S]*BRAVO/ : /^%PDF-/);
    }
  },
  PATIENCE,
);

test(
  'a worker keeps the other outputs where one cannot be made, and says why',
  async () => {
    await worker.fleet.start();
    const bytes = await textPdf({ pages: ['Only for reading: ALPHA.'] });
    // No list of its objects, and more of them than a PDF may have: what only reads it does not mind.
    const unlisted = Buffer.from(bytes)
      .toString('latin1')
      .replace(/startxref\s+\d+/, 'startxref\n1');
    const odd = Buffer.from(`${unlisted}\n9000000 0 obj\n<<>>\nendobj\n`, 'latin1');
    const documentId = await worker.submit(odd);
    expect((await worker.untilEnded(documentId)).status).toBe('completed');
    const { outputs: written, outputFailures } = await getDocument({
      ctx: worker.ctx,
      input: { documentId },
    });
    expect(written.map(({ format }) => format)).toEqual(['txt', 'json']);
    expect(outputFailures).toEqual([
      {
        format: 'pdf',
        code: 'OUTPUT_FAILED',
        sentence: expect.any(String),
      },
    ]);
  },
  PATIENCE,
);
