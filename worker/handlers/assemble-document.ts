import { Readable } from 'node:stream';
import {
  type Assembly,
  finishAssembly,
  readAssembly,
  type WrittenOutput,
} from '#server/documents/assemble.ts';
import { OUTPUT_FORMATS, OUTPUT_TYPES, type OutputFormat } from '#server/documents/formats.ts';
import { failRun } from '#server/documents/inspect.ts';
import { toFanfoldError } from '#server/errors.ts';
import { outputKey } from '#server/storage/keys.ts';
import { retryDatabase } from '../database-retry.ts';
import { OUTPUT_WRITERS } from '../outputs/index.ts';
import { readPages } from '../outputs/pages.ts';
import type { WorkerServices } from '../services.ts';
import type { Handler } from './index.ts';

export const assembleDocument: Handler<'document.assemble'> = async (services, job) => {
  const { ctx } = services;
  const assembly = await readAssembly({ ctx, input: job.payload });
  if (!assembly) return;
  const signal = AbortSignal.any([job.signal, services.draining]);
  try {
    const written: WrittenOutput[] = [];
    for (const format of OUTPUT_FORMATS) {
      signal.throwIfAborted();
      written.push(await writeOutput(services, assembly, format, signal));
    }
    await retryDatabase(() => finishAssembly({ ctx, input: { ...job.payload, written } }));
  } catch (cause) {
    const error = toFanfoldError(cause);
    if (job.last && !signal.aborted) await failRun({ ctx, input: { ...job.payload, error } });
    throw error;
  }
};

async function writeOutput(
  { ctx }: WorkerServices,
  assembly: Assembly,
  format: OutputFormat,
  signal: AbortSignal,
): Promise<WrittenOutput> {
  const key = outputKey(assembly.document.id, assembly.document.run, format);
  const pages = readPages(ctx.storage, assembly.pages, signal);
  let sizeBytes = 0;
  const counted = async function* () {
    for await (const chunk of OUTPUT_WRITERS[format](assembly.document, pages)) {
      const bytes = Buffer.from(chunk.toWellFormed());
      sizeBytes += bytes.length;
      yield bytes;
    }
  };
  const body = Readable.from(counted(), { objectMode: false, highWaterMark: 64 * 1024 });
  await ctx.storage.putStream(key, body, OUTPUT_TYPES[format]);
  return { format, key, sizeBytes };
}
