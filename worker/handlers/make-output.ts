import type { WrittenOutput } from '#server/documents/assemble.ts';
import { toFanfoldError } from '#server/errors.ts';
import type { JobPayload } from '#server/jobs/catalog.ts';
import { beginOutput, failOutput, finishOutput, type OutputTask } from '#server/outputs/make.ts';
import { retryDatabase } from '../database-retry.ts';
import { writeArchive } from '../outputs/archive.ts';
import { type Making, writeOutput } from '../outputs/write.ts';
import type { WorkerServices } from '../services.ts';
import { retryStorage } from '../storage-retry.ts';
import type { Handler } from './handler.ts';

/** Makes an output that was asked for after the document was read. */
export const makeOutput: Handler<'document.output'> = async (services, job) => {
  const { ctx } = services;
  const { payload } = job;
  const task = await retryDatabase(() => beginOutput({ ctx, input: payload }));
  if (!task) return;
  const { signal } = job;
  const warnings: string[] = [];
  const warn = (sentence: string) => warnings.push(sentence);
  try {
    const write = () => make(services, task, payload, { job: payload.token, signal, warn });
    const made = await retryStorage(write, signal);
    const replaced = await retryDatabase(() =>
      finishOutput({ ctx, input: { ...payload, ...made, warnings } }),
    );
    const own = [made.written, ...(made.added ?? [])].map(({ key }) => key);
    for (const key of replaced ?? own) await ctx.storage.removeAll(key);
  } catch (cause) {
    const error = toFanfoldError(cause);
    if (signal.aborted || !(error.permanent || job.last)) throw error;
    ctx.logger.warn({ err: error, ...payload }, 'an output could not be made');
    await retryDatabase(() => failOutput({ ctx, input: { ...payload, error } }));
  }
};

async function make(
  services: WorkerServices,
  { assembly, known }: OutputTask,
  { format, variant }: JobPayload<'document.output'>,
  making: Making,
): Promise<{ written: WrittenOutput; added?: WrittenOutput[] }> {
  if (format !== 'zip') {
    return { written: await writeOutput(services, assembly, { format, variant }, making) };
  }
  const { zip, added } = await writeArchive(services, assembly, known, making);
  return { written: zip, added };
}
