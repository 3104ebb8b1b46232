import { removeObjects } from '#server/documents/remove.ts';
import type { Handler } from './index.ts';

export const removeDocumentObjects: Handler<'document.remove'> = async ({ ctx }, job) => {
  const { documentId } = job.payload;
  const objects = await removeObjects({ ctx, input: job.payload });
  ctx.logger.info({ documentId, objects }, 'the objects of a deleted document are gone');
};
