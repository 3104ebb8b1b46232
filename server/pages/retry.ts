import { type Context, inTransaction } from '../context.ts';
import { getOwnedPage, lockOwnedDocument } from '../documents/internal.ts';
import { FanfoldError } from '../errors.ts';
import { requeuePages } from './requeue.ts';
import { type PageView, pageView } from './view.ts';

/** Reads a failed or canceled page again. Throws CONFLICT for a page in another state. */
export async function retryPage({
  ctx,
  input,
}: {
  ctx: Context;
  input: { documentId: string; page: number };
}): Promise<PageView> {
  await inTransaction(ctx, async (tx) => {
    const document = await lockOwnedDocument(tx, input.documentId);
    const page = await getOwnedPage(tx, input.documentId, input.page);
    const ended = page.status === 'failed' || page.status === 'canceled';
    if (!ended || document.status === 'assembling' || document.sourceRemovedAt) {
      throw new FanfoldError('CONFLICT', {
        sentence: 'Only a page that failed can be read again.',
      });
    }
    await requeuePages(tx, document, [page]);
  });
  return pageView(await getOwnedPage(ctx, input.documentId, input.page));
}
