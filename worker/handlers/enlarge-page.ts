import { eq } from 'drizzle-orm';
import { documents, pages } from '#db/schema/index.ts';
import { limitsOf } from '#server/env.ts';
import { toFanfoldError } from '#server/errors.ts';
import { readLayout } from '#server/pages/stored-layout.ts';
import { detailKey } from '#server/storage/keys.ts';
import { withSourceFile } from '../page-source.ts';
import { retryStorage } from '../storage-retry.ts';
import type { Handler } from './handler.ts';

/** Draws the large picture of a page, turned as its usual one. */
export const enlargePage: Handler<'page.enlarge'> = async (services, job) => {
  const { ctx, light } = services;
  const { documentId, pageId, page } = job.payload;
  const [row] = await ctx.db
    .select({ document: documents, imageKey: pages.imageKey, layoutKey: pages.layoutKey })
    .from(pages)
    .innerJoin(documents, eq(documents.id, pages.documentId))
    .where(eq(pages.id, pageId));
  if (!row?.imageKey) return;
  const { signal } = job;
  try {
    const layout = row.layoutKey ? await readLayout(ctx.storage, row.layoutKey) : undefined;
    const task = { limits: limitsOf(ctx.env), page, turn: layout?.rotation ?? 0, large: true };
    const { image } = await withSourceFile(services, row.document, signal, (source) =>
      light.run({ kind: 'preview', source, ...task }, { signal }),
    );
    const key = detailKey(row.imageKey);
    await retryStorage(() => ctx.storage.put(key, image.bytes, image.type), signal);
  } catch (cause) {
    const error = toFanfoldError(cause);
    if (signal.aborted || !error.permanent) throw error;
    ctx.logger.warn({ err: error, documentId, page }, 'a page could not be drawn large');
  }
};
