import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type DocumentRow, outputs } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import { FanfoldError } from '../errors.ts';
import { presignDownload } from '../storage/presign.ts';
import { OUTPUTS, type OutputFormat } from './formats.ts';
import { getOwnedDocument, getOwnedPage } from './internal.ts';
import type { downloadSchema } from './schemas.ts';

/**
 * A short-lived address of a finished output. Throws CONFLICT until it was written or where it was not
 * asked for, and the output's own error where it could not be made.
 */
export async function downloadOutput({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof downloadSchema>;
}): Promise<{ url: string; fileName: string }> {
  const row = await getOwnedDocument(ctx, input.documentId);
  const [output] = await ctx.db
    .select()
    .from(outputs)
    .where(and(eq(outputs.documentId, row.id), eq(outputs.format, input.format)));
  if (!output) throw notWritten(row, input.format);
  const { key, errorCode, errorSentence } = output;
  if (!key) {
    throw new FanfoldError(errorCode ?? 'OUTPUT_FAILED', {
      ...(errorSentence && { sentence: errorSentence }),
    });
  }
  const { extension, type } = OUTPUTS[input.format];
  const fileName = `${row.fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '')}.${extension}`;
  return {
    url: await presignDownload(ctx.storage, { key, contentType: type, fileName }),
    fileName,
  };
}

function notWritten(row: DocumentRow, format: OutputFormat): FanfoldError {
  const sentence = row.options.formats.includes(format)
    ? 'This output is not written yet.'
    : 'This output was not asked for when the file was sent.';
  return new FanfoldError('CONFLICT', { sentence });
}

/** A short-lived address of a page's picture or layout. Throws NOT_FOUND until it is there. */
export async function locatePageObject({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string; page: number; object: 'image' | 'thumbnail' | 'layout' };
}): Promise<string> {
  const page = await getOwnedPage(ctx, input.documentId, input.page);
  const key = { image: page.imageKey, thumbnail: page.thumbnailKey, layout: page.layoutKey }[
    input.object
  ];
  if (!key) throw new FanfoldError('NOT_FOUND', { sentence: 'The page has not come so far yet.' });
  const contentType = input.object === 'layout' ? 'application/json' : 'image/jpeg';
  return presignDownload(ctx.storage, { key, contentType });
}
