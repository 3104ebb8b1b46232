import type { CliContext } from '../context.ts';
import { forEachDocument } from './each.ts';

/** Starts documents that wait for their time. */
export function start(args: string[], context: CliContext): Promise<number> {
  return forEachDocument(args, context, {
    act: (client, documentId) => client.documents.startNow.mutate({ documentId }),
    done: 'started',
  });
}
