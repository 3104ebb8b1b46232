import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { documents } from '#db/schema/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { FanfoldError } from '../errors.ts';
import { requireToken } from '../rate-limit.ts';
import { getOwnedDocument, lockOwnedDocument } from './internal.ts';
import { sealPassword } from './password.ts';
import { requeueDocument } from './retry.ts';
import type { unlockDocumentSchema } from './schemas.ts';
import { type DocumentView, documentView } from './view.ts';

/**
 * Gives a protected file its password and opens it again. Throws CONFLICT where none is asked for,
 * TOO_MANY_REQUESTS once too many of the owner's were wrong.
 */
export async function unlockDocument({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof unlockDocumentSchema>;
}): Promise<DocumentView> {
  const passwordCiphertext = sealPassword(ctx.env.FANFOLD_SECRET, input.documentId, input.password);
  await inTransaction(ctx, async (tx) => {
    const row = await lockOwnedDocument(tx, input.documentId);
    const locked = row.errorCode === 'PASSWORD_REQUIRED' || row.errorCode === 'PASSWORD_WRONG';
    if (row.status !== 'failed' || !locked) {
      throw new FanfoldError('CONFLICT', {
        sentence: 'This document does not wait for a password.',
      });
    }
    await requireToken(tx, 'unlock');
    await tx.db.update(documents).set({ passwordCiphertext }).where(eq(documents.id, row.id));
    await requeueDocument(tx, row);
  });
  return documentView(await getOwnedDocument(ctx, input.documentId));
}
