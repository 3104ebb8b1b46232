import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { documents } from '#db/schema/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { appendEvent, lockOwnedDocument } from './internal.ts';
import type { updateDocumentSchema } from './schemas.ts';
import { type DocumentView, documentView } from './view.ts';

/** Gives a document another title or other tags, in whatever state it is. */
export function updateDocument({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof updateDocumentSchema>;
}): Promise<DocumentView> {
  return inTransaction(ctx, async (tx) => {
    const { documentId, ...changes } = input;
    const row = await lockOwnedDocument(tx, documentId);
    if (Object.keys(changes).length === 0) return documentView(row);
    const seq = await appendEvent(tx, row.id, 'document.changed', {});
    const [changed = row] = await tx.db
      .update(documents)
      .set(changes)
      .where(eq(documents.id, row.id))
      .returning();
    return documentView({ ...changed, seq });
  });
}
