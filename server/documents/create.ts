import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { documents } from '#db/schema/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { requireEngine } from '../engines/list.ts';
import { FanfoldError } from '../errors.ts';
import { requireLanguages } from '../languages/require.ts';
import { sourceKey } from '../storage/keys.ts';
import { startMultipart } from '../storage/presign.ts';
import { appendEvent } from './internal.ts';
import { type createDocumentSchema, PART_BYTES, type UploadState } from './schemas.ts';
import { type UploadPlan, uploadPlan } from './upload.ts';
import { type DocumentView, documentView } from './view.ts';

/**
 * Announces a file and says how to upload it.
 * Throws EMPTY_FILE, FILE_TOO_LARGE, ENGINE_MISSING or LANGUAGE_MISSING.
 */
export async function createDocument({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof createDocumentSchema>;
}): Promise<{ document: DocumentView; upload: UploadPlan }> {
  requireSize(input.size, ctx.env.MAX_FILE_BYTES);
  await requireEngine(input.options.engine, ctx.env);
  await requireLanguages(input.options.languages, ctx.env.TESSDATA_DIR);

  const id = randomUUID();
  const key = sourceKey(id);
  const upload = await beginUpload(ctx, key, input);
  const row = await inTransaction(ctx, async (tx) => {
    const { fileName, contentType, sha256, options, priority, size: sizeBytes } = input;
    const values = {
      id,
      ownerId: ctx.ownerId,
      fileName: fileName.toWellFormed().replaceAll('\0', ''),
      contentType,
    };
    const [created] = await tx.db
      .insert(documents)
      .values({ ...values, sha256, options, priority, sizeBytes, sourceKey: key, upload })
      .returning();
    const seq = await appendEvent(tx, id, 'document.created', {
      fileName: values.fileName,
      sizeBytes,
    });
    if (!created) throw new FanfoldError('INTERNAL');
    return { ...created, seq };
  });
  return { document: documentView(row), upload: await uploadPlan(ctx, row) };
}

function requireSize(size: number, limit: number): void {
  if (size === 0) throw new FanfoldError('EMPTY_FILE');
  if (size > limit) {
    throw new FanfoldError('FILE_TOO_LARGE', {
      sentence: `The file is larger than the ${Math.floor(limit / 1024 ** 2)} MiB that this server accepts.`,
    });
  }
}

async function beginUpload(
  ctx: Context,
  key: string,
  input: { size: number; contentType: string },
): Promise<UploadState> {
  if (input.size <= PART_BYTES) return { kind: 'post' };
  const uploadId = await startMultipart(ctx.storage, { key, contentType: input.contentType });
  return { kind: 'multipart', uploadId };
}
