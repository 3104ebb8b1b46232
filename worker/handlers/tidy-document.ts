import { tidyDocument } from '#server/documents/tidy.ts';
import { retryStorage } from '../storage-retry.ts';
import type { Handler } from './handler.ts';

export const tidyDocumentObjects: Handler<'document.tidy'> = async ({ ctx }, job) => {
  const { documentId } = job.payload;
  const objects = await retryStorage(
    () => tidyDocument({ ctx, input: { documentId } }),
    job.signal,
  );
  if (objects > 0) ctx.logger.info({ documentId, objects }, 'left-over objects are gone');
};
