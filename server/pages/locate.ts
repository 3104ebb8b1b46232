import type { Context } from '../context.ts';
import { getOwnedPage } from '../documents/internal.ts';
import { FanfoldError } from '../errors.ts';
import { presignDownload } from '../storage/presign.ts';

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
