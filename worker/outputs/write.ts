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

/** Writes an output to the object store, piece by piece. `job`: the id of the job that makes it. */
export async function writeOutput(
  services: WorkerServices,
  assembly: Assembly,
  name: OutputName,
  { job, signal, warn }: { job: string; signal: AbortSignal; warn: (sentence: string) => void },
): Promise<WrittenOutput & OutputName> {
  const { storage } = services.ctx;
  const { document } = assembly;
  const key = outputKey(document, name, job);
  const pieces = OUTPUT_WRITERS[name.format](document, readPages(storage, assembly.pages, signal), {
    ...outputSource(services, assembly, signal),
    text: textOptionsOf(name.variant),
    warn,
  });
  const measured = { sizeBytes: 0, hash: createHash('sha256') };
  const body = Readable.from(measure(pieces, measured), {
    objectMode: false,
    highWaterMark: BUFFER,
  });
  await storage.putStream(key, body, OUTPUTS[name.format].type);
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
