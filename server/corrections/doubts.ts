import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { z } from 'zod';
import { pages } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import { getOwnedDocument } from '../documents/internal.ts';
import { BINS, countBelow } from '../pages/confidences.ts';
import type { doubtsSchema } from './schemas.ts';

export interface Doubts {
  /** Pages with words below the threshold that nobody has looked at, by number. */
  pages: { number: number; words: number }[];
  /** Recognised words of the whole document in each bin of 5 points of confidence, from 0 up. */
  confidences: number[];
}

/** Where the doubtful words of a document are. */
export async function findDoubts({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof doubtsSchema>;
}): Promise<Doubts> {
  const document = await getOwnedDocument(ctx, input.documentId);
  const rows = await ctx.db
    .select({ number: pages.number, confidences: pages.confidences })
    .from(pages)
    .where(
      and(
        eq(pages.documentId, document.id),
        eq(pages.status, 'completed'),
        isNotNull(pages.confidences),
      ),
    )
    .orderBy(asc(pages.number));
  const confidences = new Array<number>(BINS).fill(0);
  const doubtful = rows.flatMap(({ number, confidences: counts }) => {
    for (const [bin, count] of (counts ?? []).entries()) {
      confidences[bin] = (confidences[bin] ?? 0) + count;
    }
    const words = countBelow(counts ?? [], input.threshold);
    return words > 0 ? [{ number, words }] : [];
  });
  return { pages: doubtful, confidences };
}
