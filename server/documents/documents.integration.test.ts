import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documents, events } from '#db/schema/index.ts';
import type { ErrorCode } from '../errors.ts';
import { FanfoldError } from '../errors.ts';
import { listPages } from '../pages/list.ts';
import {
  countJobs,
  type Harness,
  processingDocument,
  readDocument,
  startHarness,
  uploadFile,
} from '../testing/harness.ts';
import { cancelDocument } from './cancel.ts';
import { createDocument } from './create.ts';
import { finalizeDocument } from './finalize.ts';
import { getDocument } from './get.ts';
import { beginInspection, failRun, planPages } from './inspect.ts';
import { listDocuments } from './list.ts';
import { openPassword } from './password.ts';
import { removeDocument, removeObjects } from './remove.ts';
import { createDocumentSchema, documentOptionsSchema } from './schemas.ts';
import { unlockDocument } from './unlock.ts';

let harness: Harness;
let ctx: Harness['ctx'];

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterAll(() => harness.close());

const codeOf = (promise: Promise<unknown>): Promise<ErrorCode | 'no error'> =>
  promise.then(
    () => 'no error',
    (error: { code: ErrorCode }) => error.code,
  );

const announce = (overrides: object) =>
  createDocument({
    ctx,
    input: createDocumentSchema.parse({
      fileName: 'a.pdf',
      contentType: 'application/pdf',
      size: 10,
      sha256: 'a'.repeat(64),
      ...overrides,
    }),
  });

describe('createDocument', () => {
  test('refuses an empty file, one above the limit and a language that is not there', async () => {
    expect(await codeOf(announce({ size: 0 }))).toBe('EMPTY_FILE');
    expect(await codeOf(announce({ size: ctx.env.MAX_FILE_BYTES + 1 }))).toBe('FILE_TOO_LARGE');
    expect(await codeOf(announce({ options: { languages: ['eng', 'xyz'] } }))).toBe(
      'LANGUAGE_MISSING',
    );
  });

  test('plans a form for a small file and parts for a large one', async () => {
    expect((await announce({})).upload?.kind).toBe('post');
    expect((await announce({ size: 40 * 1024 ** 2 })).upload).toMatchObject({
      kind: 'multipart',
      partCount: 3,
      uploaded: [],
    });
  });
});

describe('options', () => {
  test('a document of a version that knew fewer options reads with their defaults', async () => {
    const { document } = await announce({});
    await ctx.db.execute(
      sql`update documents set options = '{"languages":["eng"]}' where id = ${document.id}`,
    );
    const read = await getDocument({ ctx, input: { documentId: document.id } });
    expect(read.options).toEqual(documentOptionsSchema.parse({}));
  });
});

describe('page ranges', () => {
  async function plan(pages: string, pageCount: number) {
    const documentId = await uploadFile(ctx, undefined, { options: { pages } });
    await finalizeDocument({ ctx, input: { documentId } });
    const run = { documentId, ownerId: ctx.ownerId, run: 1 };
    await beginInspection({ ctx, input: run });
    const planned = planPages({ ctx, input: { ...run, pageCount, warnings: [] } });
    return { documentId, planned };
  }

  test('plans the pages that were asked for, under their numbers in the file', async () => {
    const { documentId, planned } = await plan('2-3,7', 9);
    expect(await planned).toBe(true);
    const document = await getDocument({ ctx, input: { documentId } });
    expect(document).toMatchObject({ pageCount: 3, filePageCount: 9, warnings: [] });
    const rows = await listPages({ ctx, input: { documentId, after: 0 } });
    expect(rows.map(({ number }) => number)).toEqual([2, 3, 7]);
    expect(await countJobs(ctx, documentId, 'page.recognize')).toBe(3);
  });

  test('warns where the file ends before the range', async () => {
    const { documentId, planned } = await plan('2,7', 3);
    await planned;
    const { pageCount, warnings } = await getDocument({ ctx, input: { documentId } });
    expect({ pageCount, warnings }).toEqual({
      pageCount: 1,
      warnings: ['Pages 2,7 were asked for; the file ends with page 3.'],
    });
  });

  test('throws PAGES_NOT_FOUND where the file has none of the pages, and plans nothing', async () => {
    const { documentId, planned } = await plan('5-', 3);
    expect(await codeOf(planned)).toBe('PAGES_NOT_FOUND');
    expect(await countJobs(ctx, documentId, 'page.recognize')).toBe(0);
  });
});

describe('finalizeDocument', () => {
  test('queues one inspection, however often and from however many sides it is called', async () => {
    const documentId = await uploadFile(ctx);
    const input = { documentId };
    const together = await Promise.all(
      Array.from({ length: 50 }, () => finalizeDocument({ ctx, input })),
    );
    const later = [];
    for (let call = 0; call < 50; call += 1) later.push(await finalizeDocument({ ctx, input }));
    expect(new Set([...together, ...later].map((view) => `${view.id} ${view.status}`)).size).toBe(
      1,
    );
    expect(await countJobs(ctx, documentId, 'document.inspect')).toBe(1);
  });

  test('throws UPLOAD_MISSING until the file has arrived', async () => {
    const { document } = await announce({});
    expect(await codeOf(finalizeDocument({ ctx, input: { documentId: document.id } }))).toBe(
      'UPLOAD_MISSING',
    );
    expect((await readDocument(ctx, document.id)).status).toBe('awaiting_upload');
  });

  test('leaves other bytes than the announced ones out of the store', async () => {
    const announced = Buffer.from('%PDF-1.4 the announced one');
    const sent = Buffer.from('%PDF-1.4 quite another one');
    const documentId = await uploadFile(ctx, announced, { sent });
    expect(await codeOf(finalizeDocument({ ctx, input: { documentId } }))).toBe('UPLOAD_MISSING');
  });

  test('fails a document whose content is of no known type, whatever its name says', async () => {
    const documentId = await uploadFile(ctx, Buffer.from('MZ this is a program'), {
      fileName: 'a.pdf',
    });
    const view = await finalizeDocument({ ctx, input: { documentId } });
    expect(view).toMatchObject({ status: 'failed', error: { code: 'UNSUPPORTED_TYPE' } });
    expect(await countJobs(ctx, documentId, 'document.prune')).toBe(1);
    expect(await countJobs(ctx, documentId, 'document.inspect')).toBe(0);
  });
});

describe('owners', () => {
  test('a document of another owner is as absent as one that never was', async () => {
    const documentId = await uploadFile(ctx);
    const other = await harness.otherOwner();
    const input = { documentId };
    for (const verb of [getDocument, finalizeDocument, cancelDocument, removeDocument]) {
      expect(await codeOf(verb({ ctx: other, input }) as Promise<unknown>)).toBe('NOT_FOUND');
    }
    expect(
      (await listDocuments({ ctx: other, input: { limit: 10, sort: 'newest' } })).documents,
    ).toEqual([]);
  });
});

describe('listDocuments', () => {
  test('pages through everything once, newest first', async () => {
    const owner = await harness.otherOwner();
    const made: string[] = [];
    for (let n = 0; n < 7; n += 1) made.unshift(await uploadFile(owner));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listDocuments({ ctx: owner, input: { limit: 3, sort: 'newest', cursor } });
      seen.push(...page.documents.map((document) => document.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(made);
  });

  test('refuses a cursor that it did not give out', async () => {
    const input = { limit: 3, sort: 'newest', cursor: 'nonsense' } as const;
    expect(await codeOf(listDocuments({ ctx, input }))).toBe('INVALID_INPUT');
  });
});

describe('cancelDocument', () => {
  test('ends the pages that wait, and answers the same when called again', async () => {
    const { documentId } = await processingDocument(ctx, 3);
    const input = { documentId };
    expect(await cancelDocument({ ctx, input })).toMatchObject({
      status: 'canceled',
      pagesCanceled: 3,
    });
    expect(await cancelDocument({ ctx, input })).toMatchObject({
      status: 'canceled',
      pagesCanceled: 3,
    });
    const ends = await ctx.db.select().from(events).where(eq(events.documentId, documentId));
    expect(ends.filter((event) => event.type === 'document.canceled')).toHaveLength(1);
  });
});

describe('removeDocument', () => {
  test('leaves no row and, once its job has run, no object', async () => {
    const { documentId } = await processingDocument(ctx, 2);
    await removeDocument({ ctx, input: { documentId } });
    expect(await ctx.db.select().from(documents).where(eq(documents.id, documentId))).toEqual([]);
    expect(await countJobs(ctx, documentId, 'document.remove')).toBe(3);
    expect(await removeObjects({ ctx, input: { documentId } })).toBe(1);
    expect(await removeObjects({ ctx, input: { documentId } })).toBe(0);
  });
});

describe('unlockDocument', () => {
  async function protectedDocument(): Promise<string> {
    const documentId = await uploadFile(ctx);
    await finalizeDocument({ ctx, input: { documentId } });
    const error = new FanfoldError('PASSWORD_REQUIRED');
    await failRun({ ctx, input: { documentId, ownerId: ctx.ownerId, run: 1, error } });
    return documentId;
  }

  test('queues a protected file again and keeps its password only encrypted', async () => {
    const documentId = await protectedDocument();
    const view = await unlockDocument({ ctx, input: { documentId, password: 'open sesame' } });
    expect(view).toMatchObject({ status: 'queued', error: null });
    const row = await readDocument(ctx, documentId);
    const sealed = row.passwordCiphertext ?? '';
    expect(JSON.stringify(row)).not.toContain('open sesame');
    expect(openPassword(ctx.env.FANFOLD_SECRET, documentId, sealed)).toBe('open sesame');
    expect(() => openPassword(ctx.env.FANFOLD_SECRET, 'another document', sealed)).toThrow();
  });

  test('takes only so many wrong passwords in a minute, and any number of right ones', async () => {
    const limited = { ...ctx, env: { ...ctx.env, UNLOCK_PER_MINUTE: 3 } };
    const give = async (input: { documentId: string; run: number }, error?: ErrorCode) => {
      const { documentId } = input;
      await unlockDocument({ ctx: limited, input: { documentId, password: 'guess' } });
      const run = { documentId, ownerId: ctx.ownerId, run: input.run };
      await beginInspection({ ctx: limited, input: run });
      if (error) await failRun({ ctx: limited, input: { ...run, error: new FanfoldError(error) } });
    };
    for (let right = 0; right < 5; right += 1) {
      await give({ documentId: await protectedDocument(), run: 2 });
    }
    const documentId = await protectedDocument();
    for (let wrong = 0; wrong < 3; wrong += 1) {
      await give({ documentId, run: 2 + wrong }, 'PASSWORD_WRONG');
    }
    const next = give({ documentId, run: 5 }, 'PASSWORD_WRONG');
    await expect(next).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfter: 20 });
  });

  test('throws CONFLICT for a document that waits for no password', async () => {
    const { documentId } = await processingDocument(ctx, 1);
    expect(await codeOf(unlockDocument({ ctx, input: { documentId, password: 'x' } }))).toBe(
      'CONFLICT',
    );
  });
});
