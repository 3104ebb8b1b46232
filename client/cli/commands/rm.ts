import type { CliContext } from '../context.ts';
import { forEachDocument } from './each.ts';

/** Deletes documents with everything that belongs to them. */
export function rm(args: string[], context: CliContext): Promise<number> {
  return forEachDocument(args, context, {
    act: (client, documentId) => client.documents.remove.mutate({ documentId }),
    done: 'deleted',
  });
}
