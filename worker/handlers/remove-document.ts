import { removeObjects } from '#server/documents/remove.ts';
import type { Handler } from './handler.ts';

export const removeDocumentObjects: Handler<'document.remove'> = async ({ ctx, sources }, job) => {
  const { documentId } = job.payload;
  await sources.forget(documentId);
  const objects = await removeObjects({ ctx, input: job.payload });
  ctx.logger.info({ documentId, objects }, 'the objects of a deleted document are gone');
};
