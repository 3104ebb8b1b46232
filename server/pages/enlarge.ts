import { randomUUID } from 'node:crypto';
import type { Context } from '../context.ts';
import { getOwnedDocument, getOwnedPage } from '../documents/internal.ts';
import { FanfoldError } from '../errors.ts';
import { detailKey } from '../storage/keys.ts';
import { presignDownload } from '../storage/presign.ts';

/** Seconds within which a page is not drawn again, however often it is asked for. */
const ASKED_AGAIN = 60;

/**
 * A short-lived address of the large picture of a page; null while it is being drawn: ask again in a
 * moment. Throws NOT_FOUND for a page without a picture.
 */
export async function enlargePage({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string; page: number };
}): Promise<{ url: string | null }> {
  const { id: documentId, run } = await getOwnedDocument(ctx, input.documentId);
  const page = await getOwnedPage(ctx, documentId, input.page);
  if (!page.imageKey)
    throw new FanfoldError('NOT_FOUND', { sentence: 'The page has no picture yet.' });
  const key = detailKey(page.imageKey);
  if (await isThere(ctx, key)) {
    return { url: await presignDownload(ctx.storage, { key, contentType: 'image/jpeg' }) };
  }
  const payload = { documentId, ownerId: ctx.ownerId, run, pageId: page.id, page: page.number };
  const once = { singletonKey: key, singletonSeconds: ASKED_AGAIN };
  await ctx.jobs.enqueueAll(ctx.db, 'page.enlarge', [{ id: randomUUID(), payload, ...once }]);
  return { url: null };
}

function isThere(ctx: Context, key: string): Promise<boolean> {
  return ctx.storage.head(key).then(
    () => true,
    (error: unknown) => {
      if (error instanceof FanfoldError && error.code === 'SOURCE_MISSING') return false;
      throw error;
    },
  );
}
