import { randomUUID } from 'node:crypto';
import { type DocumentRow, documents } from '#db/schema/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { requireEngine } from '../engines/list.ts';
import { FanfoldError } from '../errors.ts';
import { requireLanguages } from '../languages/require.ts';
import { storable } from '../plain-text.ts';
import { sourceKey } from '../storage/keys.ts';
import { abortMultipart, startMultipart } from '../storage/presign.ts';
import { appendEvent } from './internal.ts';
import { findKnown, findRequested } from './known.ts';
import { type CreateDocument, PART_BYTES, type UploadState } from './schemas.ts';
import { type UploadPlan, uploadPlan } from './upload.ts';
import { type DocumentView, documentView } from './view.ts';

export interface CreatedDocument {
  document: DocumentView;
  /** Null where nothing is to be uploaded. */
  upload: UploadPlan | null;
  /** Whether this is an earlier document of the same file and options. */
  known: boolean;
}

/**
 * Announces a file and says how to upload it. A file that was read with the same options before, or
 * is being read, is answered with that document, unless `force` asks for a new one. The same
 * `clientRequestId` is answered with the same document.
 * Throws EMPTY_FILE, FILE_TOO_LARGE, ENGINE_MISSING, LANGUAGE_MISSING or REQUEST_ID_REUSED.
 */
export async function createDocument({
  ctx,
  input,
}: {
  ctx: Context;
  input: CreateDocument;
}): Promise<CreatedDocument> {
  requireSize(input.size, ctx.env.MAX_FILE_BYTES);
  await requireEngine(input.options.engine, ctx.env);
  await requireLanguages(input.options.languages, ctx.env.TESSDATA_DIR);

  const requested = await findRequested(ctx, input);
  if (requested) return answer(ctx, requested);
  const known = input.force ? undefined : await findKnown(ctx, input);
  if (known) return { document: documentView(known), upload: null, known: true };
  return answer(ctx, await announce(ctx, input));
}

function requireSize(size: number, limit: number): void {
  if (size === 0) throw new FanfoldError('EMPTY_FILE');
  if (size > limit) {
    throw new FanfoldError('FILE_TOO_LARGE', {
      sentence: `The file is larger than the ${Math.floor(limit / 1024 ** 2)} MiB that this server accepts.`,
    });
  }
}

async function answer(ctx: Context, row: DocumentRow): Promise<CreatedDocument> {
  const waits = row.status === 'awaiting_upload';
  const upload = waits ? await uploadPlan(ctx, row) : null;
  return { document: documentView(row), upload, known: false };
}

/** The new row, or the one of a request with the same id that was faster. */
async function announce(ctx: Context, input: CreateDocument): Promise<DocumentRow> {
  const id = randomUUID();
  const key = sourceKey(id);
  const upload = await beginUpload(ctx, key, input);
  const row = await insertDocument(ctx, input, { id, sourceKey: key, upload });
  if (row) return row;
  if (upload.kind === 'multipart') await abortMultipart(ctx.storage, { key, ...upload });
  const faster = await findRequested(ctx, input);
  if (!faster) throw new FanfoldError('INTERNAL');
  return faster;
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

function insertDocument(
  ctx: Context,
  { size: sizeBytes, ...input }: CreateDocument,
  made: { id: string; sourceKey: string; upload: UploadState },
): Promise<DocumentRow | undefined> {
  const fileName = storable(input.fileName);
  return inTransaction(ctx, async (tx) => {
    const [created] = await tx.db
      .insert(documents)
      .values({ ...input, ...made, fileName, sizeBytes, ownerId: ctx.ownerId })
      .onConflictDoNothing({ target: [documents.ownerId, documents.clientRequestId] })
      .returning();
    if (!created) return undefined;
    const seq = await appendEvent(tx, made.id, 'document.created', { fileName, sizeBytes });
    return { ...created, seq };
  });
}
