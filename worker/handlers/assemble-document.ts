import { Readable } from 'node:stream';
import {
  type Assembly,
  type FailedOutput,
  finishAssembly,
  readAssembly,
  type WrittenOutput,
} from '#server/documents/assemble.ts';
import { OUTPUTS, type OutputFormat } from '#server/documents/formats.ts';
import { failRun } from '#server/documents/inspect.ts';
import { limitsOf } from '#server/env.ts';
import { FanfoldError, toFanfoldError } from '#server/errors.ts';
import { outputKey } from '#server/storage/keys.ts';
import { retryDatabase } from '../database-retry.ts';
import { OUTPUT_WRITERS, type OutputSource } from '../outputs/index.ts';
import { readPages } from '../outputs/pages.ts';
import { withSourceFile } from '../page-source.ts';
import type { WorkerServices } from '../services.ts';
import type { Handler } from './handler.ts';

/** Milliseconds that a page adds to the time that the document's file may take. */
const GRAFT_MS_PER_PAGE = 500;

export const assembleDocument: Handler<'document.assemble'> = async (services, job) => {
  const { ctx } = services;
  const assembly = await readAssembly({ ctx, input: job.payload });
  if (!assembly) return;
  const signal = AbortSignal.any([job.signal, services.draining]);
  try {
    const made = await makeOutputs(services, assembly, signal, job.last);
    await retryDatabase(() => finishAssembly({ ctx, input: { ...job.payload, ...made } }));
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
  const source = sourceOf(services, assembly, signal, (sentence) => warnings.push(sentence));
  for (const format of assembly.document.options.formats) {
    signal.throwIfAborted();
    try {
      written.push(await writeOutput(services, assembly, format, source, signal));
    } catch (cause) {
      const error = toFanfoldError(cause);
      if (signal.aborted || !(error.permanent || last)) throw error;
      services.ctx.logger.warn(
        { err: error, documentId: assembly.document.id, format },
        'an output could not be made',
      );
      failed.push({ format, error });
    }
  }
  const [first] = failed;
  if (first && written.length === 0) throw first.error;
  return { written, failed, warnings };
}

function sourceOf(
  services: WorkerServices,
  { document, pages }: Assembly,
  signal: AbortSignal,
  warn: OutputSource['warn'],
): OutputSource {
  const { env } = services.ctx;
  const timeoutMs = env.PAGE_TIMEOUT_MS + pages.length * GRAFT_MS_PER_PAGE;
  return {
    warn,
    graft: (paths) =>
      withSourceFile(services, document, (source) =>
        services.light.run(
          { kind: 'graft', source, limits: limitsOf(env), ...paths },
          { signal, timeoutMs },
        ),
      ).catch((error) => {
        throw signal.aborted ? error : ofTheOutput(toFanfoldError(error));
      }),
  };
}

/** The codes of a page would speak of a page. */
function ofTheOutput(error: FanfoldError): FanfoldError {
  const sentence = {
    PAGE_TIMEOUT: 'Making the PDF took longer than the limit.',
    PAGE_OUT_OF_MEMORY: 'Making the PDF needed more memory than the limit.',
  }[error.code as string];
  if (!sentence) return error;
  return new FanfoldError('OUTPUT_FAILED', { sentence, detail: error.message, cause: error });
}

async function writeOutput(
  { ctx }: WorkerServices,
  assembly: Assembly,
  format: OutputFormat,
  source: OutputSource,
  signal: AbortSignal,
): Promise<WrittenOutput> {
  const key = outputKey(assembly.document.id, assembly.document.run, format);
  const pages = readPages(ctx.storage, assembly.pages, signal);
  let sizeBytes = 0;
  const counted = async function* () {
    for await (const chunk of OUTPUT_WRITERS[format](assembly.document, pages, source)) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk.toWellFormed()) : chunk;
      sizeBytes += bytes.length;
      yield bytes;
    }
  };
  const body = Readable.from(counted(), { objectMode: false, highWaterMark: 64 * 1024 });
  await ctx.storage.putStream(key, body, OUTPUTS[format].type);
  return { format, key, sizeBytes };
}
