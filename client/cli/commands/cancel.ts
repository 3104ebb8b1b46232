import type { CliContext } from '../context.ts';
import { forEachDocument } from './each.ts';

/** Stops documents; what was read of them stays. */
export function cancel(args: string[], context: CliContext): Promise<number> {
  return forEachDocument(args, context, {
    act: (client, documentId) => client.documents.cancel.mutate({ documentId }),
    done: 'canceled',
  });
}
