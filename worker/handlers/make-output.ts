import { toFanfoldError } from '#server/errors.ts';
import { beginOutput, failOutput, finishOutput } from '#server/outputs/make.ts';
import { retryDatabase } from '../database-retry.ts';
import { writeOutput } from '../outputs/write.ts';
import type { Handler } from './handler.ts';

/** Makes an output that was asked for after the document was read. */
export const makeOutput: Handler<'document.output'> = async (services, job) => {
  const { ctx } = services;
  const { payload } = job;
  const assembly = await beginOutput({ ctx, input: payload });
  if (!assembly) return;
  const signal = AbortSignal.any([job.signal, services.draining]);
  const warnings: string[] = [];
  try {
    const { format, variant, token } = payload;
    const warn = (sentence: string) => warnings.push(sentence);
    const how = { job: token, signal, warn };
    const written = await writeOutput(services, assembly, { format, variant }, how);
    const replaced = await retryDatabase(() =>
      finishOutput({ ctx, input: { ...payload, written, warnings } }),
    );
    if (replaced === undefined) await ctx.storage.removeAll(written.key);
    else if (replaced !== null) await ctx.storage.removeAll(replaced);
  } catch (cause) {
    const error = toFanfoldError(cause);
    if (signal.aborted || !(error.permanent || job.last)) throw error;
    ctx.logger.warn({ err: error, ...payload }, 'an output could not be made');
    await retryDatabase(() => failOutput({ ctx, input: { ...payload, error } }));
  }
};
