import type { CliContext } from '../context.ts';
import { forEachDocument } from './each.ts';

/** Tries again what failed or was canceled. */
export function retry(args: string[], context: CliContext): Promise<number> {
  return forEachDocument(args, context, {
    act: (client, documentId) => client.documents.retry.mutate({ documentId }),
    done: 'queued again',
  });
}
