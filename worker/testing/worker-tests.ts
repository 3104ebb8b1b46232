import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { asc, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { events, outputs, pages } from '#db/schema/index.ts';
import { scannedPdf } from '#fixtures/pdf.ts';
import { finalizeDocument } from '#server/documents/finalize.ts';
import type { OutputFormat } from '#server/documents/formats.ts';
import type { DocumentOptions } from '#server/documents/schemas.ts';
import { isTerminal } from '#server/documents/status.ts';
import { type Harness, readDocument, startHarness, uploadFile } from '#server/testing/harness.ts';
import { createWorkerFleet } from './worker-process.ts';

/** Milliseconds that a whole document may take on a busy machine. */
export const PATIENCE = 240_000;

export const TOKENS = ['ALPHA', 'BRAVO', 'CHARLIE', 'DELTA', 'ECHO', 'FOXTROT', 'GOLF', 'HOTEL'];

/** A page for each token. */
export const scanOf = (tokens: string[]) =>
  scannedPdf({
    pages: tokens.map((token) => `The token of this page is ${token} and no other one.`),
  });

type Row = Awaited<ReturnType<typeof readDocument>>;

/** A database and a store for the tests of a file, workers for each of them, and what they ask of both. */
export function workerTests() {
  let harness: Harness;
  let fleet: Awaited<ReturnType<typeof createWorkerFleet>>;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    fleet = await createWorkerFleet(harness);
  });
  afterEach(() => fleet.close());

  async function submit(bytes: Uint8Array, options: Partial<DocumentOptions> = {}) {
    const { ctx } = harness;
    const documentId = await uploadFile(ctx, Buffer.from(bytes), { options });
    await finalizeDocument({ ctx, input: { documentId } });
    return documentId;
  }

  async function until(documentId: string, done: (row: Row) => boolean): Promise<Row> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const row = await readDocument(harness.ctx, documentId);
      if (done(row)) return row;
      if (Date.now() > deadline)
        throw new Error(`still ${row.status}: ${row.pagesCompleted} pages`);
      await sleep(200);
    }
  }

  const pagesOf = (documentId: string) =>
    harness.ctx.db
      .select()
      .from(pages)
      .where(eq(pages.documentId, documentId))
      .orderBy(asc(pages.number));

  async function outputOf(documentId: string, format: OutputFormat): Promise<string> {
    const { db, storage } = harness.ctx;
    const rows = await db.select().from(outputs).where(eq(outputs.documentId, documentId));
    const key = rows.find((row) => row.format === format)?.key ?? '';
    return text(await storage.read(key));
  }

  /** Every page ended once, with its own token, and the counters agree. */
  async function expectWhole(documentId: string, tokens: string[]): Promise<void> {
    const { ctx } = harness;
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

  return {
    get ctx() {
      return harness.ctx;
    },
    otherOwner: () => harness.otherOwner(),
    get fleet() {
      return fleet;
    },
    ...{ submit, until, pagesOf, outputOf, expectWhole },
    untilEnded: (documentId: string) => until(documentId, (row) => isTerminal(row.status)),
  };
}
