import { randomUUID } from 'node:crypto';
import { limitsOf } from '#server/env.ts';
import { toFanfoldError } from '#server/errors.ts';
import { addPagePreview, findPageWithoutPreview } from '#server/pages/preview.ts';
import { storePageImages } from '../page-images.ts';
import { withSourceFile } from '../page-source.ts';
import type { Handler } from './handler.ts';

export const previewPage: Handler<'page.preview'> = async (services, job) => {
  const { ctx, light } = services;
  const { documentId, pageId, page } = job.payload;
  const document = await findPageWithoutPreview({ ctx, input: job.payload });
  if (!document) return;
  const signal = AbortSignal.any([job.signal, services.draining]);
  try {
    const limits = limitsOf(ctx.env);
    const preview = await withSourceFile(services, document, (source) =>
      light.run({ kind: 'preview', source, limits, page }, { signal }),
    );
    const images = await storePageImages(ctx, { documentId, page, token: randomUUID() }, preview);
    await addPagePreview({ ctx, input: { documentId, pageId, page, images } });
  } catch (cause) {
    const error = toFanfoldError(cause);
    if (signal.aborted || !error.permanent) throw error;
    ctx.logger.warn({ err: error, documentId, page }, 'a page could not be drawn');
  }
};
