import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { attempts, events, outputs, pages } from '#db/schema/index.ts';
import { LETTERS } from '#fixtures/accuracy/languages.ts';
import { buildPdf, endlessPdf, scannedPdf, textPdf } from '#fixtures/pdf.ts';
import { cancelDocument } from '#server/documents/cancel.ts';
import { finalizeDocument } from '#server/documents/finalize.ts';
import { OUTPUT_FORMATS, type OutputFormat } from '#server/documents/formats.ts';
import { getDocument } from '#server/documents/get.ts';
import { removeDocument } from '#server/documents/remove.ts';
import { type DocumentOptions, downloadSchema } from '#server/documents/schemas.ts';
import { isTerminal } from '#server/documents/status.ts';
import { unlockDocument } from '#server/documents/unlock.ts';
import { downloadOutput } from '#server/outputs/download.ts';
import { requestPreviews } from '#server/pages/preview.ts';
import { searchPages } from '#server/search/pages.ts';
import { searchPagesSchema } from '#server/search/schemas.ts';
import {
  countJobs,
  type Harness,
  readDocument,
  startHarness,
  uploadFile,
} from '#server/testing/harness.ts';
import { createWorkerFleet } from './testing/worker-process.ts';

/** Milliseconds that a whole document may take on a busy machine. */
const PATIENCE = 240_000;

let harness: Harness;
let ctx: Harness['ctx'];
let fleet: Awaited<ReturnType<typeof createWorkerFleet>>;

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterAll(() => harness.close());
beforeEach(async () => {
  fleet = await createWorkerFleet(harness);
});
afterEach(() => fleet.close());

const TOKENS = ['ALPHA', 'BRAVO', 'CHARLIE', 'DELTA', 'ECHO', 'FOXTROT', 'GOLF', 'HOTEL'];

async function submit(bytes: Uint8Array, options: Partial<DocumentOptions> = {}): Promise<string> {
  const documentId = await uploadFile(ctx, Buffer.from(bytes), { options });
  await finalizeDocument({ ctx, input: { documentId } });
  return documentId;
}

const scanOf = (tokens: string[]) =>
  scannedPdf({
    pages: tokens.map((token) => `The token of this page is ${token} and no other one.`),
  });

/** The first paragraph of the letter in a language, a few words a line. */
function linesOf(language: string): string {
  const words = LETTERS[language]?.[0]?.split(' ') ?? [];
  const lines = Array.from({ length: Math.ceil(words.length / 8) }, (_, line) =>
    words.slice(8 * line, 8 * line + 8).join(' '),
  );
  return lines.join('\n');
}

async function until(
  documentId: string,
  done: (row: Awaited<ReturnType<typeof readDocument>>) => boolean,
) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const row = await readDocument(ctx, documentId);
    if (done(row)) return row;
    if (Date.now() > deadline) throw new Error(`still ${row.status}: ${row.pagesCompleted} pages`);
    await sleep(200);
  }
}

const untilEnded = (documentId: string) => until(documentId, (row) => isTerminal(row.status));

const pagesOf = (documentId: string) =>
  ctx.db.select().from(pages).where(eq(pages.documentId, documentId)).orderBy(asc(pages.number));

async function outputOf(documentId: string, format: OutputFormat): Promise<string> {
  const rows = await ctx.db.select().from(outputs).where(eq(outputs.documentId, documentId));
  const key = rows.find((row) => row.format === format)?.key ?? '';
  return text(await ctx.storage.read(key));
}

/** The address of an output, once it was made. */
async function addressOf(documentId: string, format: OutputFormat): Promise<string> {
  const input = downloadSchema.parse({ documentId, format });
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await sleep(200)) {
    const { url } = await downloadOutput({ ctx, input });
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

/** Every page ended once, with its own token, and the counters agree. */
async function expectWhole(documentId: string, tokens: string[]): Promise<void> {
  const rows = await pagesOf(documentId);
  expect(rows.map((row) => row.number)).toEqual(tokens.map((_, index) => index + 1));
  rows.forEach((row, index) => {
    expect(TOKENS.filter((token) => row.text?.includes(token))).toEqual([tokens[index]]);
  });
  const row = await readDocument(ctx, documentId);
  expect(row.pagesCompleted).toBe(tokens.length);
  const ends = await ctx.db.select().from(events).where(eq(events.documentId, documentId));
  expect(ends.filter((event) => event.type === 'document.completed')).toHaveLength(1);
  const inText = (await outputOf(documentId, 'txt')).split('\f');
  expect(inText.map((page) => TOKENS.find((token) => page.includes(token)))).toEqual(tokens);
}

describe('a worker', () => {
  test(
    'finds the language of each page, and the document is searched and written by it',
    async () => {
      await fleet.start();
      const bytes = await scannedPdf({ pages: [linesOf('eng'), linesOf('deu')] });
      const documentId = await submit(bytes, { languages: ['auto'], formats: ['txt', 'json'] });
      const ended = await untilEnded(documentId);
      expect(ended).toMatchObject({ status: 'completed', foundLanguages: ['deu', 'eng'] });
      const [english, german] = await pagesOf(documentId);
      expect([english?.languages, german?.languages]).toEqual([['eng'], ['deu']]);
      expect(german?.text).toContain('für Ihren Brief vom dritten');
      const json = JSON.parse(await outputOf(documentId, 'json'));
      expect(json.languages).toEqual(['deu', 'eng']);
      const query = searchPagesSchema.parse({ query: 'Zustände' });
      const { hits } = await searchPages({ ctx, input: query });
      expect(hits).toMatchObject([{ documentId, page: 2 }]);
    },
    PATIENCE,
  );

  test(
    'reads a scan from its upload to its outputs',
    async () => {
      await fleet.start();
      const tokens = TOKENS.slice(0, 3);
      const documentId = await submit(await scanOf(tokens));
      expect(await untilEnded(documentId)).toMatchObject({ status: 'completed', pageCount: 3 });
      await expectWhole(documentId, tokens);
      const json = JSON.parse(await outputOf(documentId, 'json'));
      expect(json.pages).toHaveLength(3);
      const [word] = json.pages[0].blocks[0].lines[0].words;
      expect(word).toMatchObject({ text: 'The', provenance: 'ocr', box: expect.any(Array) });
      expect(word.confidence).toBeGreaterThan(50);
      const [page] = await pagesOf(documentId);
      expect((await ctx.storage.head(page?.imageKey ?? '')).size).toBeGreaterThan(1_000);
      expect((await ctx.storage.head(page?.thumbnailKey ?? '')).size).toBeGreaterThan(100);
    },
    PATIENCE,
  );

  test(
    'takes real text from the PDF, reads the scans between, and draws the text once asked to',
    async () => {
      await fleet.start();
      const documentId = await submit(
        await buildPdf([
          { kind: 'text', text: 'This page was born digital and says ALPHA in real letters.' },
          { kind: 'scan', text: 'This page was scanned and says BRAVO in pixels.' },
        ]),
      );
      await untilEnded(documentId);
      const rows = await pagesOf(documentId);
      expect(rows.map((row) => row.source)).toEqual(['native', 'ocr']);
      expect(rows[0]?.text).toContain('ALPHA');
      expect(rows[1]?.text).toContain('BRAVO');
      expect(rows.map((row) => row.imageKey !== null)).toEqual([false, true]);
      const wanted = { documentId, pages: [1, 2] };
      await Promise.all(Array.from({ length: 5 }, () => requestPreviews({ ctx, input: wanted })));
      for (let tries = 0; tries < 100 && !(await pagesOf(documentId))[0]?.imageKey; tries += 1)
        await sleep(200);
      expect((await pagesOf(documentId)).every((row) => row.imageKey !== null)).toBe(true);
      expect(await countJobs(ctx, documentId, 'page.preview')).toBe(1);
    },
    PATIENCE,
  );

  test(
    'writes every format that was asked for, and no other',
    async () => {
      await fleet.start();
      const bytes = await scanOf(['ALPHA', 'BRAVO']);
      const documentId = await submit(bytes, { formats: [...OUTPUT_FORMATS] });
      expect((await untilEnded(documentId)).status).toBe('completed');
      const written = await getDocument({ ctx, input: { documentId } });
      expect(written.outputs.map(({ format }) => format).sort()).toEqual(OUTPUT_FORMATS.toSorted());
      for (const format of OUTPUT_FORMATS) {
        const output = await outputOf(documentId, format);
        expect(output, format).toMatch(CONTENT[format] ?? /ALPHA[\s\S]*BRAVO/);
      }
      const small = await submit(bytes, { formats: ['md'] });
      await untilEnded(small);
      const { outputs: few } = await getDocument({ ctx, input: { documentId: small } });
      expect(few.map(({ format }) => format)).toEqual(['md']);
    },
    PATIENCE,
  );

  test(
    'makes a format when it is asked for',
    async () => {
      await fleet.start();
      const documentId = await submit(await textPdf({ pages: ['ALPHA', 'BRAVO'] }), {
        formats: ['json'],
      });
      await untilEnded(documentId);
      for (const format of ['txt', 'pdf'] as const) {
        const made = await (await fetch(await addressOf(documentId, format))).text();
        expect(made).toMatch(format === 'txt' ? /ALPHA[\s\S]*BRAVO/ : /^%PDF-/);
      }
    },
    PATIENCE,
  );

  test(
    'keeps the other outputs where one cannot be made, and says why',
    async () => {
      await fleet.start();
      const bytes = await textPdf({ pages: ['Only for reading: ALPHA.'] });
      // More objects than a PDF may have: what only reads it does not look there.
      const odd = Buffer.concat([bytes, Buffer.from('\n9000000 0 obj\nnull\nendobj\n')]);
      const documentId = await submit(odd);
      expect((await untilEnded(documentId)).status).toBe('completed');
      const { outputs: written, outputFailures } = await getDocument({
        ctx,
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

  test(
    'waits for the password of a protected file, and reads it once it has it',
    async () => {
      const { log } = await fleet.start({ LOG_LEVEL: 'trace' });
      const documentId = await submit(
        await textPdf({ pages: ['The secret is ALPHA.'], password: 'sesame' }),
      );
      expect(await untilEnded(documentId)).toMatchObject({
        status: 'failed',
        errorCode: 'PASSWORD_REQUIRED',
      });
      await unlockDocument({ ctx, input: { documentId, password: 'wrong' } });
      expect(await untilEnded(documentId)).toMatchObject({
        status: 'failed',
        errorCode: 'PASSWORD_WRONG',
      });
      await unlockDocument({ ctx, input: { documentId, password: 'sesame' } });
      expect(await untilEnded(documentId)).toMatchObject({ status: 'completed', errorCode: null });
      expect((await pagesOf(documentId))[0]?.text).toContain('ALPHA');
      const { rows } = await ctx.db.execute(sql`
        select data::text, output::text from pgboss.job union all select data::text, '' from events`);
      for (const text of [log(), JSON.stringify(rows)]) {
        expect(text).toContain(documentId);
        expect(text).not.toContain('sesame');
      }
    },
    PATIENCE,
  );

  test(
    'ends a page at its time limit as an error, once, and serves the next',
    async () => {
      await fleet.start({ PAGE_TIMEOUT_MS: '4000' });
      const documentId = await submit(await endlessPdf());
      expect(await untilEnded(documentId)).toMatchObject({
        status: 'failed',
        errorCode: 'PAGE_TIMEOUT',
      });
      expect((await pagesOf(documentId))[0]).toMatchObject({ attempts: 1 });
      const next = await submit(await textPdf({ pages: ['The next one is BRAVO.'] }));
      expect((await untilEnded(next)).status).toBe('completed');
    },
    PATIENCE,
  );

  test(
    'stops a canceled document within seconds and leaves one end',
    async () => {
      await fleet.start();
      const documentId = await submit(await scanOf(TOKENS));
      await until(documentId, (row) => row.pagesCompleted >= 1);
      await cancelDocument({ ctx, input: { documentId } });
      await sleep(3_000);
      const before = await readDocument(ctx, documentId);
      await sleep(3_000);
      const after = await readDocument(ctx, documentId);
      expect(after.seq).toBe(before.seq);
      expect(after.status).toBe('canceled');
      expect(after.pagesCompleted + after.pagesCanceled).toBe(TOKENS.length);
    },
    PATIENCE,
  );

  test(
    'leaves no object of a document that was deleted while it was read',
    async () => {
      await fleet.start();
      const documentId = await submit(await scanOf(TOKENS.slice(0, 4)));
      await until(documentId, (row) => row.pagesCompleted >= 1);
      await removeDocument({ ctx, input: { documentId } });
      await sleep(5_000);
      await ctx.db.execute(
        sql`update pgboss.job set start_after = now() where name = 'document.remove' and state = 'created'`,
      );
      for (let tries = 0; tries < 60 && (await openRemovals(documentId)) > 0; tries += 1)
        await sleep(250);
      expect(await ctx.storage.removeAll(`documents/${documentId}/`)).toBe(0);
    },
    PATIENCE,
  );
});

async function openRemovals(documentId: string): Promise<number> {
  const { rows } = await ctx.db.execute<{ count: number }>(sql`
    select count(*)::int as count from pgboss.job
    where name = 'document.remove' and data->>'documentId' = ${documentId} and state <> 'completed'`);
  return rows[0]?.count ?? 0;
}

describe('when a worker dies', () => {
  test(
    'a worker killed half-way loses no page and doubles none',
    async () => {
      const first = await fleet.start();
      const documentId = await submit(await scanOf(TOKENS));
      await until(documentId, (row) => row.pagesCompleted >= 2);
      first.child.kill('SIGKILL');
      await first.exited;
      await fleet.start();
      expect((await untilEnded(documentId)).status).toBe('completed');
      await expectWhole(documentId, TOKENS);
      const tries = await ctx.db.select().from(attempts).where(eq(attempts.documentId, documentId));
      const outcomes = tries.map((attempt) => attempt.outcome);
      expect(outcomes.filter((outcome) => outcome === 'completed')).toHaveLength(TOKENS.length);
      expect(outcomes.filter((outcome) => outcome !== 'completed').length).toBeLessThanOrEqual(2);
    },
    PATIENCE,
  );

  test(
    'a worker that is asked to stop exits with 0 and gives its pages back unspent',
    async () => {
      const first = await fleet.start();
      const documentId = await submit(await scanOf(TOKENS));
      await until(documentId, (row) => row.pagesCompleted >= 1);
      first.child.kill('SIGTERM');
      expect(await first.exited).toBe(0);
      const left = await pagesOf(documentId);
      expect(left.filter((page) => page.status === 'processing')).toEqual([]);
      await fleet.start();
      expect((await untilEnded(documentId)).status).toBe('completed');
      await expectWhole(documentId, TOKENS);
      const failed = await ctx.db
        .select()
        .from(attempts)
        .where(eq(attempts.documentId, documentId));
      expect(failed.filter((attempt) => attempt.outcome === 'failed')).toEqual([]);
    },
    PATIENCE,
  );

  test(
    'a worker that was frozen past its lease writes nothing when it wakes',
    async () => {
      const frozen = await fleet.start();
      const documentId = await submit(await scanOf(TOKENS));
      await until(documentId, (row) => row.startedAt !== null && row.pageCount !== null);
      await sleep(1_500);
      frozen.child.kill('SIGSTOP');
      await fleet.start();
      expect((await untilEnded(documentId)).status).toBe('completed');
      const before = await readDocument(ctx, documentId);
      frozen.child.kill('SIGCONT');
      await sleep(5_000);
      expect((await readDocument(ctx, documentId)).seq).toBe(before.seq);
      await expectWhole(documentId, TOKENS);
    },
    PATIENCE,
  );
});
