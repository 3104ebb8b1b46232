import type { DocumentRow } from '#db/schema/index.ts';
import type { SystemContext } from '#server/context.ts';
import type { Layout } from '#server/pages/layout.ts';
import { recallLayout } from '#server/pages/recall.ts';

/** Milliseconds within which the layout of a known page is there, or the page is read. */
const PATIENCE = 5_000;

/** What was read of the owner's page of this fingerprint; undefined also where it is not to be had. */
export function recall(
  ctx: SystemContext,
  { ownerId }: Pick<DocumentRow, 'ownerId'>,
  fingerprint: string,
  signal: AbortSignal,
): Promise<Layout | undefined> {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  return recallLayout({ ctx, input: { ownerId, fingerprint }, signal: soon }).catch((error) => {
    ctx.logger.info({ err: error, fingerprint }, 'a page that was read before is read again');
    return undefined;
  });
}
