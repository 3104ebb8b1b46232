import { createHash, randomUUID } from 'node:crypto';
import { buffer, text } from 'node:stream/consumers';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import yauzl from 'yauzl';

import { outputs } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import { finishAssembly } from '../documents/assemble.ts';
import type { OutputFormat } from '../documents/formats.ts';
import { getDocument } from '../documents/get.ts';
import { archiveSchema, downloadSchema } from '../documents/schemas.ts';
import { sweepDocuments } from '../documents/sweep.ts';
import { FanfoldError } from '../errors.ts';
import { claimPage } from '../pages/claim.ts';
import { completePage } from '../pages/complete.ts';
import { outputKey } from '../storage/keys.ts';
import {
  countJobs,
  type Harness,
  layoutOf,
  processingDocument,
  startHarness,
} from '../testing/harness.ts';
import { prepareArchive, streamArchive } from './archive.ts';
import { downloadOutput } from './download.ts';
import { beginOutput, failOutput, finishOutput } from './make.ts';
import { type TextOptions, VARIANTS } from './variants.ts';

let harness: Harness;
let ctx: Harness['ctx'];

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterAll(() => harness.close());

/** A document of one page that was read, with its text written. */
async function readDocument() {
  const { documentId, run, pages } = await processingDocument(ctx, 1);
  const [page] = pages;
  const place = { ...run, pageId: page?.id ?? '', page: 1 };
  const claim = await claimPage({ ctx, input: { ...place, worker: 'test' } });
  const held = { ...place, token: claim?.token ?? '' };
  const layout = layoutOf(1, 'some text');
  await completePage({ ctx, input: { ...held, layout, layoutKey: 'none', timings: {} } });
  return { documentId, run };
}

async function endedDocument() {
  const { documentId, run } = await readDocument();
  const written = await put(documentId, 'txt', 'some text\n', 'assembly');
  await finishAssembly({ ctx, input: { ...run, written: [written], failed: [], warnings: [] } });
  return { documentId, run };
}

async function put(documentId: string, format: OutputFormat, text: string, job: string) {
  const key = outputKey({ id: documentId, run: 1 }, { format, variant: '' }, job);
  await ctx.storage.put(key, text, 'text/plain');
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { format, key, sizeBytes: text.length, sha256 };
}

const ask = (
  documentId: string,
  format: OutputFormat,
  more: { again?: boolean; text?: TextOptions; as?: Context } = {},
) => {
  const { as = ctx, ...rest } = more;
  return downloadOutput({
    ctx: as,
    input: downloadSchema.parse({ documentId, format, ...rest }),
  });
};

/** The job that makes an output, as a worker gets it. */
async function jobOf(documentId: string, format: OutputFormat) {
  const rows = await ctx.db.select().from(outputs).where(eq(outputs.documentId, documentId));
  const row = rows.find((output) => output.format === format);
  const token = row?.jobId ?? '';
  return { documentId, ownerId: ctx.ownerId, run: 1, format, variant: '' as const, token };
}

const detail = (documentId: string) => getDocument({ ctx, input: { documentId } });

describe('downloadOutput', () => {
  test('gives the address of what is there, and has the rest made once', async () => {
    const { documentId } = await endedDocument();
    const ready = await ask(documentId, 'txt');
    expect(await (await fetch(ready.url ?? '')).text()).toBe('some text\n');
    const asked = await Promise.all([ask(documentId, 'hocr'), ask(documentId, 'hocr')]);
    expect(asked).toEqual([
      { url: null, fileName: 'scan.hocr' },
      { url: null, fileName: 'scan.hocr' },
    ]);
    expect(await countJobs(ctx, documentId, 'document.output')).toBe(1);
    expect((await detail(documentId)).making).toEqual([{ format: 'hocr', variant: '' }]);
  });

  test('gives what was made, and tells those who watch', async () => {
    const { documentId } = await endedDocument();
    await ask(documentId, 'md');
    const job = await jobOf(documentId, 'md');
    const begun = await beginOutput({ ctx, input: job });
    expect(begun?.assembly.pages.map(({ number }) => number)).toEqual([1]);
    const { seq } = await detail(documentId);
    const written = await put(documentId, 'md', '# text', job.token);
    const input = { ...job, written, warnings: ['Mind the gap.'] };
    expect(await finishOutput({ ctx, input })).toEqual([]);
    const { url } = await ask(documentId, 'md');
    const response = await fetch(url ?? '');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="scan.md"; filename*=UTF-8''scan.md`,
    );
    expect(await response.text()).toBe('# text');
    expect(await detail(documentId)).toMatchObject({
      making: [],
      outputs: [{ format: 'txt' }, { format: 'md', sizeBytes: 6 }],
      warnings: ['Mind the gap.'],
      seq: seq + 1,
    });
  });

  test('keeps the variants of a text apart', async () => {
    const { documentId } = await endedDocument();
    const flows = ['lines', 'paragraphs'] as const;
    for (const flow of flows) {
      await ask(documentId, 'txt', { text: { flow, hyphens: 'joined' } });
    }
    const { url } = await ask(documentId, 'txt', { text: { flow: 'lines', hyphens: 'kept' } });
    expect(url).not.toBe(null);
    const rows = await ctx.db.select().from(outputs).where(eq(outputs.documentId, documentId));
    expect(rows.map(({ variant }) => variant).sort()).toEqual(['', 'joined', VARIANTS[3]]);
    expect((await detail(documentId)).outputs).toMatchObject([{ format: 'txt' }]);
  });

  test('tells why an output could not be made, and tries once more when asked to', async () => {
    const { documentId } = await endedDocument();
    await ask(documentId, 'pdf');
    const job = await jobOf(documentId, 'pdf');
    const error = new FanfoldError('OUTPUT_FAILED', { sentence: 'It is knotted.' });
    await failOutput({ ctx, input: { ...job, error } });
    const told = { code: 'OUTPUT_FAILED', sentence: 'It is knotted.' };
    await expect(ask(documentId, 'pdf')).rejects.toMatchObject(told);
    expect((await detail(documentId)).outputFailures).toEqual([{ format: 'pdf', ...told }]);
    expect(await ask(documentId, 'pdf', { again: true })).toMatchObject({ url: null });
    expect(await detail(documentId)).toMatchObject({
      outputFailures: [],
      making: [{ format: 'pdf', variant: '' }],
    });
  });

  test('a job whose output was given to another one publishes nothing', async () => {
    const { documentId } = await endedDocument();
    await ask(documentId, 'tsv');
    const job = { ...(await jobOf(documentId, 'tsv')), token: randomUUID() };
    expect(await beginOutput({ ctx, input: job })).toBeUndefined();
    const written = await put(documentId, 'tsv', 'stale', job.token);
    expect(await finishOutput({ ctx, input: { ...job, written, warnings: [] } })).toBeUndefined();
    await failOutput({ ctx, input: { ...job, error: new FanfoldError('INTERNAL') } });
    expect(await ask(documentId, 'tsv')).toMatchObject({ url: null });
  });

  test('a document that is still read has nothing to write; one of somebody else is not there', async () => {
    const { documentId } = await readDocument();
    const code = (error: string) => ({ code: error });
    await expect(ask(documentId, 'txt')).rejects.toMatchObject(code('CONFLICT'));
    const as = await harness.otherOwner();
    await expect(ask(documentId, 'txt', { as })).rejects.toMatchObject(code('NOT_FOUND'));
  });
});

describe('an archive of several documents', () => {
  test('has what is missing made, and holds what is there under safe names', async () => {
    const [one, two] = [await endedDocument(), await endedDocument()];
    const { documentId: unread } = await readDocument();
    const other = await harness.otherOwner();
    const documentIds = [one.documentId, two.documentId, unread];
    const input = archiveSchema.parse({ documentIds, formats: ['txt', 'md'] });
    const progress = { ready: 2, making: 2, failed: 2, sizeBytes: 20 };
    expect(await prepareArchive({ ctx, input })).toEqual(progress);
    expect(await prepareArchive({ ctx, input })).toEqual(progress);
    expect(await countJobs(ctx, one.documentId, 'document.output')).toBe(1);
    await expect(prepareArchive({ ctx: other, input })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });

    const { stream, size } = await streamArchive({ ctx, input });
    const bytes = await buffer(stream);
    expect(bytes.length).toBe(size);
    const zip = await yauzl.fromBufferPromise(bytes);
    const texts = new Map<string, string>();
    for await (const entry of zip.eachEntry()) {
      texts.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)));
    }
    expect([...texts.keys()]).toEqual(['manifest.json', 'scan.txt', 'scan (2).txt']);
    expect(texts.get('scan (2).txt')).toBe('some text\n');
    const { files } = JSON.parse(texts.get('manifest.json') ?? '');
    expect(files).toHaveLength(6);
    expect(files[0]).toMatchObject({ name: 'scan.txt', sizeBytes: 10, sha256: expect.any(String) });
    expect(files[5]).toMatchObject({ documentId: unread, error: { code: 'CONFLICT' } });
  });
});

test('sweepDocuments ends an output whose job is gone', async () => {
  const { documentId } = await endedDocument();
  await ask(documentId, 'alto');
  await sweepDocuments({ ctx });
  expect((await detail(documentId)).making).toHaveLength(1);
  await ctx.db.execute(sql`delete from pgboss.job where name = 'document.output'`);
  await sweepDocuments({ ctx });
  await sweepDocuments({ ctx });
  expect(await detail(documentId)).toMatchObject({
    making: [],
    outputFailures: [{ format: 'alto', code: 'WORKER_CRASHED' }],
  });
});
