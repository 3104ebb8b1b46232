import type { SystemContext } from '#server/context.ts';
import type { PageImages } from '#server/pages/complete.ts';
import { attemptKey } from '#server/storage/keys.ts';
import type { Preview } from './page/protocol.ts';

/** Stores a page's pictures under the attempt's keys. */
export async function storePageImages(
  ctx: SystemContext,
  page: { documentId: string; page: number; token: string },
  { image, thumbnail }: Preview,
): Promise<PageImages> {
  const imageKey = attemptKey(page.documentId, page.page, page.token, 'image.jpg');
  const thumbnailKey = attemptKey(page.documentId, page.page, page.token, 'thumbnail.jpg');
  await Promise.all([
    ctx.storage.put(imageKey, image.bytes, image.type),
    ctx.storage.put(thumbnailKey, thumbnail.bytes, thumbnail.type),
  ]);
  return { imageKey, thumbnailKey, imageWidth: image.width, imageHeight: image.height };
}
