import { beginInspection, failRun, planPages } from '#server/documents/inspect.ts';
import { limitsOf } from '#server/env.ts';
import { toFanfoldError } from '#server/errors.ts';
import { retryDatabase } from '../database-retry.ts';
import { withSourceFile } from '../page-source.ts';
import type { Handler } from './handler.ts';

export const inspectDocument: Handler<'document.inspect'> = async (services, job) => {
  const { ctx, light } = services;
  const input = job.payload;
  const document = await retryDatabase(() => beginInspection({ ctx, input }));
  if (!document) return;
  const { signal } = job;
  try {
    const limits = limitsOf(ctx.env);
    const { pageCount, warnings } = await withSourceFile(services, document, signal, (source) =>
      light.run({ kind: 'inspect', source, limits }, { signal }),
    );
    await retryDatabase(() => planPages({ ctx, input: { ...input, pageCount, warnings } }));
  } catch (cause) {
    if (signal.aborted) throw cause;
    const error = toFanfoldError(cause);
    ctx.logger.warn({ err: error, documentId: document.id }, 'a document could not be opened');
    if (error.permanent || job.last) {
      await retryDatabase(() => failRun({ ctx, input: { ...input, error } }));
    }
    if (!error.permanent) throw error;
  }
};
