import type { z } from 'zod';
import type { DocumentRow } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import { FanfoldError } from '../errors.ts';
import { listParts, presignForm, presignPart, type UploadForm } from '../storage/presign.ts';
import { getOwnedDocument } from './internal.ts';
import { PART_BYTES, type presignPartsSchema } from './schemas.ts';

/** How a file goes up: one form, or parts of `partBytes` (the last may be shorter). */
export type UploadPlan =
  | ({ kind: 'post' } & UploadForm)
  | { kind: 'multipart'; partBytes: number; partCount: number; uploaded: number[] };

/** What is left to upload of an announced file; a lost connection goes on from here. */
export async function resumeUpload({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string };
}): Promise<UploadPlan> {
  return uploadPlan(ctx, requireAwaiting(await getOwnedDocument(ctx, input.documentId)));
}

/** Addresses for parts of a multipart upload, in the order asked for. */
export async function presignUploadParts({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof presignPartsSchema>;
}): Promise<{ number: number; url: string; headers: Record<string, string> }[]> {
  const row = requireAwaiting(await getOwnedDocument(ctx, input.documentId));
  const { upload, sourceKey: key } = row;
  if (upload.kind !== 'multipart') throw new FanfoldError('CONFLICT');
  const last = Math.ceil(row.sizeBytes / PART_BYTES);
  return Promise.all(
    input.parts.map(async ({ number, sha256 }) => {
      if (number > last)
        throw new FanfoldError('INVALID_INPUT', { detail: `part ${number} of ${last}` });
      const url = await presignPart(ctx.storage, {
        key,
        uploadId: upload.uploadId,
        number,
        sha256,
      });
      const checksum = Buffer.from(sha256, 'hex').toString('base64');
      return { number, url, headers: { 'x-amz-checksum-sha256': checksum } };
    }),
  );
}

export async function uploadPlan(ctx: Context, row: DocumentRow): Promise<UploadPlan> {
  const { upload, sourceKey: key, sizeBytes: size, contentType, sha256 } = row;
  if (upload.kind === 'post') {
    const form = await presignForm(ctx.storage, { key, contentType, size, sha256 });
    return { kind: 'post', ...form };
  }
  const parts = await listParts(ctx.storage, { key, uploadId: upload.uploadId });
  return {
    kind: 'multipart',
    partBytes: PART_BYTES,
    partCount: Math.ceil(size / PART_BYTES),
    uploaded: parts.flatMap((part) => part.PartNumber ?? []),
  };
}

function requireAwaiting(row: DocumentRow): DocumentRow {
  if (row.status === 'awaiting_upload') return row;
  throw new FanfoldError('CONFLICT', {
    sentence: 'The file of this document has already arrived.',
  });
}
