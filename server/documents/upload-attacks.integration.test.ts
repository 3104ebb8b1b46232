import { createHash, randomUUID } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  countJobs,
  type Harness,
  PDF_BYTES,
  readDocument,
  startHarness,
  uploadFile,
} from '../testing/harness.ts';
import { createDocument } from './create.ts';
import { finalizeDocument } from './finalize.ts';
import { createDocumentSchema, PART_BYTES } from './schemas.ts';
import { presignUploadParts } from './upload.ts';

let harness: Harness;
let ctx: Harness['ctx'];

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
});
afterAll(() => harness.close());

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function announce(bytes: Buffer, size = bytes.length) {
  const input = createDocumentSchema.parse({
    fileName: 'scan.pdf',
    contentType: 'application/pdf',
    size,
    sha256: sha256(bytes),
    force: true,
  });
  const { document, upload } = await createDocument({ ctx, input });
  return { documentId: document.id, upload };
}

/** Sends a form as it was signed, or with other fields or another file. */
async function sendForm(
  bytes: Buffer,
  change: Record<string, string> = {},
  file = bytes,
  bucket = ctx.storage.bucket,
) {
  const { documentId, upload } = await announce(bytes);
  if (upload?.kind !== 'post') throw new Error('expected a form');
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...upload.fields, ...change })) {
    form.append(name, value);
  }
  form.append('file', new Blob([new Uint8Array(file)]));
  const url = upload.url.replace(ctx.storage.bucket, bucket);
  const { status } = await fetch(url, { method: 'POST', body: form });
  return { documentId, status };
}

const statusOf = async (documentId: string) => {
  const { status, errorCode } = await readDocument(ctx, documentId);
  return errorCode ?? status;
};

describe('an upload form', () => {
  const oneMore = Buffer.concat([PDF_BYTES, Buffer.from('x')]);
  const others = Buffer.from(PDF_BYTES.toString().replace('1.4', '1.5'));
  const digest = createHash('sha256').update(others).digest('base64');

  test.each<[string, Record<string, string>, Buffer]>([
    ['one byte more than announced', {}, oneMore],
    ['one byte less', {}, PDF_BYTES.subarray(1)],
    ['other bytes', {}, others],
    ['other bytes and their digest', { 'x-amz-checksum-sha256': digest }, others],
    ['another type', { 'Content-Type': 'text/html' }, PDF_BYTES],
    ['another key', { key: `documents/${randomUUID()}/source` }, PDF_BYTES],
    ['a key that leads elsewhere', { key: 'documents/../other' }, PDF_BYTES],
    ['a policy of its own', { Policy: Buffer.from('{}').toString('base64') }, PDF_BYTES],
  ])('does not take %s', async (_, change, file) => {
    const { documentId, status } = await sendForm(PDF_BYTES, change, file);
    expect(status).toBeGreaterThanOrEqual(400);
    await expect(finalizeDocument({ ctx, input: { documentId } })).rejects.toMatchObject({
      code: 'UPLOAD_MISSING',
    });
  });

  test('is of no use for another bucket', async () => {
    await ctx.storage.client.send(new CreateBucketCommand({ Bucket: 'other' }));
    const { documentId, status } = await sendForm(PDF_BYTES, {}, PDF_BYTES, 'other');
    expect(status).toBe(403);
    await expect(finalizeDocument({ ctx, input: { documentId } })).rejects.toMatchObject({
      code: 'UPLOAD_MISSING',
    });
  });

  test('takes exactly what was announced, and cannot be used again for other bytes', async () => {
    const { documentId, upload } = await announce(PDF_BYTES);
    if (upload?.kind !== 'post') throw new Error('expected a form');
    const send = async (bytes: Buffer) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
      form.append('file', new Blob([new Uint8Array(bytes)]));
      return (await fetch(upload.url, { method: 'POST', body: form })).ok;
    };
    expect(await send(PDF_BYTES)).toBe(true);
    await finalizeDocument({ ctx, input: { documentId } });
    expect(await send(others)).toBe(false);
    const { sourceKey } = await readDocument(ctx, documentId);
    expect((await ctx.storage.head(sourceKey)).sha256).toBe(sha256(PDF_BYTES));
  });
});

describe('finalizing', () => {
  test.each([
    ['one byte more', Buffer.concat([PDF_BYTES, Buffer.from('x')])],
    ['nothing', Buffer.alloc(0)],
  ])('finds that %s has arrived by another way', async (_, bytes) => {
    const { documentId } = await announce(PDF_BYTES);
    const { sourceKey } = await readDocument(ctx, documentId);
    await ctx.storage.put(sourceKey, bytes, 'application/pdf');
    await finalizeDocument({ ctx, input: { documentId } });
    expect(await statusOf(documentId)).toBe('UPLOAD_MISMATCH');
    expect(await countJobs(ctx, documentId, 'document.inspect')).toBe(0);
  });

  test('finds that the parts hold a byte more than was announced', async () => {
    const bytes = Buffer.alloc(PART_BYTES + 1, PDF_BYTES);
    const { documentId } = await announce(bytes, bytes.length);
    const last = Buffer.from('xx');
    const parts = [bytes.subarray(0, PART_BYTES), last];
    const input = {
      documentId,
      parts: parts.map((part, index) => ({ number: index + 1, sha256: sha256(part) })),
    };
    const addresses = await presignUploadParts({ ctx, input });
    for (const { number, url, headers } of addresses) {
      const body = new Uint8Array(parts[number - 1] as Buffer);
      expect((await fetch(url, { method: 'PUT', headers, body })).ok).toBe(true);
    }
    await finalizeDocument({ ctx, input: { documentId } });
    expect(await statusOf(documentId)).toBe('UPLOAD_MISMATCH');
  });

  test('a document of another owner, or one that never was, queues nothing', async () => {
    const documentId = await uploadFile(ctx);
    const other = await harness.otherOwner();
    for (const asked of [documentId, randomUUID()]) {
      const answer = finalizeDocument({ ctx: other, input: { documentId: asked } });
      await expect(answer).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await countJobs(ctx, asked, 'document.inspect')).toBe(0);
    }
  });
});
