import type { Handler } from './handler.ts';

export const pruneDocument: Handler<'document.prune'> = async ({ ctx, sources }, job) => {
  const { documentId, prefixes } = job.payload;
  await sources.forget(documentId);
  for (const prefix of prefixes) await ctx.storage.removeAll(prefix);
};
