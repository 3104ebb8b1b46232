import {
  type Assembly,
  type FailedOutput,
  finishAssembly,
  readAssembly,
  type WrittenOutput,
} from '#server/documents/assemble.ts';
import { failRun } from '#server/documents/inspect.ts';
import { toFanfoldError } from '#server/errors.ts';
import { outputPrefix } from '#server/storage/keys.ts';
import { retryDatabase } from '../database-retry.ts';
import { writeArchive } from '../outputs/archive.ts';
import { writeOutput } from '../outputs/write.ts';
import type { WorkerServices } from '../services.ts';
import type { Handler } from './handler.ts';

export const assembleDocument: Handler<'document.assemble'> = async (services, job) => {
  const { ctx } = services;
  const assembly = await readAssembly({ ctx, input: job.payload });
  if (!assembly) return;
  const signal = AbortSignal.any([job.signal, services.draining]);
  try {
    const made = await makeOutputs(services, assembly, signal, job.last);
    const finished = await retryDatabase(() =>
      finishAssembly({ ctx, input: { ...job.payload, ...made } }),
    );
    if (finished) await removeEarlier(services, assembly);
  } catch (cause) {
    const error = toFanfoldError(cause);
    if (job.last && !signal.aborted) await failRun({ ctx, input: { ...job.payload, error } });
    throw error;
  }
};

/** One output that fails for good leaves the others; rejects where none could be made. */
async function makeOutputs(
  services: WorkerServices,
  assembly: Assembly,
  signal: AbortSignal,
  last: boolean,
) {
  const written: WrittenOutput[] = [];
  const failed: FailedOutput[] = [];
  const warnings: string[] = [];
  const { id: documentId, jobId, options } = assembly.document;
  const how = { job: String(jobId), signal, warn: (sentence: string) => warnings.push(sentence) };
  for (const format of options.formats) {
    if (format === 'zip') continue;
    signal.throwIfAborted();
    try {
      written.push(await writeOutput(services, assembly, { format, variant: '' }, how));
    } catch (cause) {
      const error = toFanfoldError(cause);
      if (signal.aborted || !(error.permanent || last)) throw error;
      services.ctx.logger.warn({ err: error, documentId, format }, 'an output could not be made');
      failed.push({ format, error });
    }
  }
  if (options.formats.includes('zip')) {
    const { zip, added } = await writeArchive(services, assembly, written, how);
    written.push(...added, zip);
  }
  const [first] = failed;
  if (first && written.length === 0) throw first.error;
  return { written, failed, warnings };
}

/** The objects of outputs that this run's have replaced. */
async function removeEarlier({ ctx }: WorkerServices, { document }: Assembly): Promise<void> {
  const { id, run } = document;
  for (let earlier = 1; earlier < run; earlier++) {
    await ctx.storage.removeAll(outputPrefix(id, earlier)).catch((error: unknown) => {
      ctx.logger.warn({ err: error, documentId: id }, 'outputs of an earlier run are left');
    });
  }
}
