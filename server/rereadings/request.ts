import { randomUUID } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { pages, rereadings } from '#db/schema/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { lockOwnedDocument } from '../documents/internal.ts';
import { pagesInRange, parsePageRange } from '../documents/page-range.ts';
import { FanfoldError } from '../errors.ts';
import { requireLanguages } from '../languages/require.ts';
import { dropOpen, pageWasReread } from './internal.ts';
import type { rereadPagesSchema } from './schemas.ts';

/**
 * Reads pages once more with other settings. What they read now stays until someone takes the new.
 * An earlier second reading that nobody chose is dropped. Throws INVALID_INPUT where no page of the
 * range was read. Returns how many are read again.
 */
export async function rereadPages({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof rereadPagesSchema>;
}): Promise<{ pages: number }> {
  if (!parsePageRange(input.pages)) throw noSuchPages();
  if (input.options.languages)
    await requireLanguages(input.options.languages, ctx.env.TESSDATA_DIR);
  return inTransaction(ctx, async (tx) => {
    const document = await lockOwnedDocument(tx, input.documentId);
    const numbers = pagesInRange(input.pages, document.filePageCount ?? document.pageCount ?? 0);
    const rows = await tx.db
      .select({ id: pages.id, number: pages.number })
      .from(pages)
      .where(
        and(
          eq(pages.documentId, document.id),
          eq(pages.status, 'completed'),
          inArray(pages.number, numbers.length > 0 ? numbers : [0]),
        ),
      );
    if (rows.length === 0) throw noSuchPages();
    const { id: documentId, ownerId, run } = document;
    const wanted = rows.map(({ id: pageId, number: page }) => ({ id: randomUUID(), pageId, page }));
    await dropOpen(
      tx,
      rows.map(({ id }) => id),
    );
    await tx.db.insert(rereadings).values(
      wanted.map(({ id, pageId }) => ({
        id,
        pageId,
        documentId,
        ownerId,
        options: input.options,
      })),
    );
    await pageWasReread(tx, documentId, wanted);
    const jobs = wanted.map(({ id, pageId, page }) => ({
      id: randomUUID(),
      payload: { documentId, ownerId, run, pageId, page, rereadingId: id },
      priority: -page,
      group: { id: ownerId },
    }));
    await tx.jobs.enqueueAll(tx.db, 'page.reread', jobs);
    return { pages: rows.length };
  });
}

function noSuchPages(): FanfoldError {
  return new FanfoldError('INVALID_INPUT', { sentence: 'There are no such pages that were read.' });
}
