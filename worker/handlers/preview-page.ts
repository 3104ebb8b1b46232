import { randomUUID } from 'node:crypto';
import { requestTidy } from '#server/documents/tidy.ts';
import { limitsOf } from '#server/env.ts';
import { toFanfoldError } from '#server/errors.ts';
import { addPagePreview, findPageWithoutPreview } from '#server/pages/preview.ts';
import { retryDatabase } from '../database-retry.ts';
import { storePageImages } from '../page-images.ts';
import { withSourceFile } from '../page-source.ts';
import { retryStorage } from '../storage-retry.ts';
import type { Handler } from './handler.ts';

export const previewPage: Handler<'page.preview'> = async (services, job) => {
  const { ctx, light } = services;
  const { documentId, pageId, page } = job.payload;
  const document = await findPageWithoutPreview({ ctx, input: job.payload });
  if (!document) return;
  const { signal } = job;
  try {
    const limits = limitsOf(ctx.env);
    const preview = await withSourceFile(services, document, signal, (source) =>
      light.run({ kind: 'preview', source, limits, page }, { signal }),
    );
    const token = randomUUID();
    const images = await retryStorage(
      () => storePageImages(ctx, { documentId, page, token }, preview),
      signal,
    );
    const added = await retryDatabase(() =>
      addPagePreview({ ctx, input: { documentId, pageId, page, images } }),
    );
    if (!added) await requestTidy(ctx, documentId);
  } catch (cause) {
    const error = toFanfoldError(cause);
    if (signal.aborted || !error.permanent) throw error;
    ctx.logger.warn({ err: error, documentId, page }, 'a page could not be drawn');
  }
};
