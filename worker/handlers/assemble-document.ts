import {
  type Assembly,
  type FailedOutput,
  finishAssembly,
  readAssembly,
  type WrittenOutput,
} from '#server/documents/assemble.ts';
import { failRun } from '#server/documents/inspect.ts';
import { toFanfoldError } from '#server/errors.ts';
import { retryDatabase } from '../database-retry.ts';
import { writeArchive } from '../outputs/archive.ts';
import { writeOutput } from '../outputs/write.ts';
import type { WorkerServices } from '../services.ts';
import { retryStorage } from '../storage-retry.ts';
import type { Handler } from './handler.ts';

export const assembleDocument: Handler<'document.assemble'> = async (services, job) => {
  const { ctx } = services;
  const assembly = await retryDatabase(() => readAssembly({ ctx, input: job.payload }));
  if (!assembly) return;
  const { signal } = job;
  try {
    const made = await makeOutputs(services, assembly, signal, job.last);
    await retryDatabase(() => finishAssembly({ ctx, input: { ...job.payload, ...made } }));
    await services.sources.release(job.payload.documentId);
  } catch (cause) {
    const error = toFanfoldError(cause);
    if (job.last && !signal.aborted) {
      await retryDatabase(() => failRun({ ctx, input: { ...job.payload, error } }));
    }
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
      const write = () => writeOutput(services, assembly, { format, variant: '' }, how);
      written.push(await retryStorage(write, signal));
    } catch (cause) {
      const error = toFanfoldError(cause);
      if (signal.aborted || !(error.permanent || last)) throw error;
      services.ctx.logger.warn({ err: error, documentId, format }, 'an output could not be made');
      failed.push({ format, error });
    }
  }
  if (options.formats.includes('zip')) {
    const archive = () => writeArchive(services, assembly, written, how);
    const { zip, added } = await retryStorage(archive, signal);
    written.push(...added, zip);
  }
  const [first] = failed;
  if (first && written.length === 0) throw first.error;
  return { written, failed, warnings };
}
