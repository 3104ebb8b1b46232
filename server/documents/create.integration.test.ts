import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documents } from '#db/schema/index.ts';
import { SHA1_COLLISION } from '#fixtures/sha1-collision.ts';
import type { ErrorCode } from '../errors.ts';
import { takeToken } from '../rate-limit.ts';
import { type Harness, readDocument, startHarness, uploadFile } from '../testing/harness.ts';
import { cancelDocument } from './cancel.ts';
import { createDocument } from './create.ts';
import { finalizeDocument } from './finalize.ts';
import { getDocument } from './get.ts';
import { beginInspection } from './inspect.ts';
import { type CreateDocument, createDocumentSchema } from './schemas.ts';
import { startDocumentNow } from './start-now.ts';

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

const MIB = 1024 ** 2;

const request = (overrides: object = {}): CreateDocument =>
  createDocumentSchema.parse({
    fileName: 'a.pdf',
    contentType: 'application/pdf',
    size: 10,
    sha256: randomBytes(32).toString('hex'),
    ...overrides,
  });

const create = (input: CreateDocument, as = ctx) => createDocument({ ctx: as, input });

/** A document that was read whole, and what asked for it. */
async function completed(bytes: Buffer, options: object = {}) {
  const documentId = await uploadFile(ctx, bytes, { options });
  await ctx.db
    .update(documents)
    .set({ status: 'completed', finishedAt: new Date() })
    .where(eq(documents.id, documentId));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { documentId, again: request({ size: bytes.length, sha256, options }) };
}

describe('clientRequestId', () => {
  test('one document, however often and from however many sides it is asked for', async () => {
    const input = request({ clientRequestId: randomUUID() });
    const together = await Promise.all(Array.from({ length: 20 }, () => create(input)));
    const later = await create(input);
    expect(new Set([...together, later].map(({ document }) => document.id)).size).toBe(1);
    expect(later).toMatchObject({ upload: { kind: 'post' }, known: false });
  });

  test('one upload of a large file, and no other is left behind', async () => {
    const input = request({ clientRequestId: randomUUID(), size: 40 * MIB });
    const made = await Promise.all(Array.from({ length: 5 }, () => create(input)));
    expect(new Set(made.map(({ document }) => document.id)).size).toBe(1);
  });

  test('REQUEST_ID_REUSED for other bytes, another name, options, priority or schedule', async () => {
    const clientRequestId = randomUUID();
    const sha256 = 'a'.repeat(64);
    await create(request({ clientRequestId, sha256 }));
    const others = [
      { sha256: 'b'.repeat(64) },
      { fileName: 'b.pdf' },
      { size: 11 },
      { options: { formats: ['txt'] } },
      { priority: 'bulk' },
      { schedule: { window: { from: '22:00', to: '06:00' } } },
    ];
    for (const other of others) {
      const input = request({ clientRequestId, sha256, ...other });
      expect([other, await codeOf(create(input))]).toEqual([other, 'REQUEST_ID_REUSED']);
    }
    const theirs = await harness.otherOwner();
    const input = request({ clientRequestId, sha256: 'b'.repeat(64) });
    expect(await codeOf(createDocument({ ctx: theirs, input }))).toBe('no error');
  });
});

describe('a file that was read before', () => {
  test('is answered with that document at once, and read again by force', async () => {
    const { documentId, again } = await completed(Buffer.from(`%PDF-1.4 ${randomUUID()}`));
    expect(await create(again)).toMatchObject({
      document: { id: documentId },
      upload: null,
      known: true,
    });
    const forced = await create({ ...again, force: true });
    expect(forced).toMatchObject({ known: false, upload: { kind: 'post' } });
    expect(forced.document.id).not.toBe(documentId);
  });

  test('is read anew with other options, for another owner, and after it failed', async () => {
    const { documentId, again } = await completed(Buffer.from(`%PDF-1.4 ${randomUUID()}`));
    const other = { ...again, options: { ...again.options, languages: ['spa'] } };
    expect((await create(other)).known).toBe(false);
    const theirs = await harness.otherOwner();
    expect((await createDocument({ ctx: theirs, input: again })).known).toBe(false);
    await ctx.db.update(documents).set({ status: 'failed' }).where(eq(documents.id, documentId));
    expect((await create(again)).known).toBe(false);
  });

  test('two files of one SHA-1 and different bytes are two documents', async () => {
    const [one, two] = SHA1_COLLISION;
    const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex');
    expect(sha1(one)).toBe(sha1(two));
    await completed(one);
    const sha256 = createHash('sha256').update(two).digest('hex');
    expect((await create(request({ size: two.length, sha256 }))).known).toBe(false);
  });
});

describe('a schedule', () => {
  const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
  const scheduled = async (startAfter: string) => {
    const documentId = await uploadFile(ctx, undefined, { schedule: { startAfter } });
    const view = await finalizeDocument({ ctx, input: { documentId } });
    return { documentId, view };
  };
  const due = async (documentId: string) => {
    const { rows } = await ctx.db.execute(sql`
      select 1 from pgboss.job where name = 'document.inspect' and state = 'created'
      and data->>'documentId' = ${documentId} and start_after <= now()`);
    return rows.length;
  };

  test('is shown, and its job waits', async () => {
    const startAfter = inAnHour();
    const { documentId, view } = await scheduled(startAfter);
    expect(view).toMatchObject({ status: 'queued', state: 'PENDING', startAt: startAfter });
    expect(await due(documentId)).toBe(0);
    const detail = await getDocument({ ctx, input: { documentId } });
    expect(detail).toMatchObject({ startAt: startAfter, ahead: null });
  });

  test('can be overruled: it starts now', async () => {
    const { documentId } = await scheduled(inAnHour());
    expect(await startDocumentNow({ ctx, input: { documentId } })).toMatchObject({ startAt: null });
    expect(await due(documentId)).toBe(1);
    expect(await codeOf(startDocumentNow({ ctx, input: { documentId } }))).toBe('CONFLICT');
  });

  test('is kept for almost a year by the queue', async () => {
    const startAfter = new Date(Date.now() + 360 * 86_400_000).toISOString();
    const { documentId } = await scheduled(startAfter);
    const { rows } = await ctx.db.execute<{ kept: boolean }>(sql`
      select keep_until > start_after as kept from pgboss.job where data->>'documentId' = ${documentId}`);
    expect(rows).toEqual([{ kept: true }]);
  });

  test('that waits can be canceled, and then does not start', async () => {
    const { documentId } = await scheduled(inAnHour());
    await cancelDocument({ ctx, input: { documentId } });
    const run = { documentId, ownerId: ctx.ownerId, run: 1 };
    expect(await beginInspection({ ctx, input: run })).toBeUndefined();
    expect((await readDocument(ctx, documentId)).status).toBe('canceled');
  });
});

describe('rate limits', () => {
  test('an owner goes on when the bucket has filled up; another is not held up', async () => {
    const limited = { ...(await harness.otherOwner()), env: { ...ctx.env, CREATE_PER_MINUTE: 30 } };
    for (let taken = 0; taken < 30; taken += 1) await takeToken(limited, 'create');
    const refused = await takeToken(limited, 'create').catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfter: 2 });
    await takeToken(limited, 'presign');
    await takeToken({ ...limited, ownerId: ctx.ownerId }, 'create');
    await ctx.db.execute(
      sql`update rate_limits set updated_at = updated_at - interval '5 seconds'`,
    );
    const taken = await Promise.allSettled([1, 2, 3, 4].map(() => takeToken(limited, 'create')));
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  });
});
