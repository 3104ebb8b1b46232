import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Assembly, WrittenOutput } from '#server/documents/assemble.ts';
import { OUTPUTS } from '#server/documents/formats.ts';
import { type OutputName, textOptionsOf } from '#server/outputs/variants.ts';
import { outputKey } from '#server/storage/keys.ts';
import type { WorkerServices } from '../services.ts';
import { OUTPUT_WRITERS } from './index.ts';
import { readPages } from './pages.ts';
import { outputSource } from './source.ts';

/** Bytes that wait for the object store. */
const BUFFER = 64 * 1024;

/** For whom an output is made. */
export interface Making {
  /** The id of the job. */
  job: string;
  signal: AbortSignal;
  /** Takes what a reader of the document should know, as a sentence. */
  warn: (sentence: string) => void;
}

/** Writes an output to the object store, piece by piece. */
export function writeOutput<N extends WriterName>(
  services: WorkerServices,
  assembly: Assembly,
  name: N,
  making: Making,
): Promise<WrittenOutput & N> {
  const { document } = assembly;
  const pages = readPages(services.ctx.storage, assembly.pages, making.signal);
  const pieces = OUTPUT_WRITERS[name.format](document, pages, {
    ...outputSource(services, assembly, making.signal),
    text: textOptionsOf(name.variant),
    warn: making.warn,
  });
  return storeOutput(services, assembly, name, pieces, making);
}

type WriterName = OutputName & { format: keyof typeof OUTPUT_WRITERS };

/** Puts the pieces of an output into the object store. */
export async function storeOutput<N extends OutputName>(
  { ctx }: WorkerServices,
  { document }: Assembly,
  name: N,
  pieces: AsyncIterable<string | Uint8Array>,
  { job }: Making,
): Promise<WrittenOutput & N> {
  const key = outputKey(document, name, job);
  const measured = { sizeBytes: 0, hash: createHash('sha256') };
  const body = Readable.from(measure(pieces, measured), {
    objectMode: false,
    highWaterMark: BUFFER,
  });
  await ctx.storage.putStream(key, body, OUTPUTS[name.format].type);
  const { sizeBytes, hash } = measured;
  return { ...name, key, sizeBytes, sha256: hash.digest('hex') };
}

async function* measure(
  pieces: AsyncIterable<string | Uint8Array>,
  measured: { sizeBytes: number; hash: ReturnType<typeof createHash> },
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece.toWellFormed()) : piece;
    measured.sizeBytes += bytes.length;
    measured.hash.update(bytes);
    yield bytes;
  }
}
