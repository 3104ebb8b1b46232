import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { OUTPUTS } from '#server/documents/formats.ts';
import { awaitOutput, type WantedOutput } from '../await-output.ts';
import { FanfoldClientError } from '../errors.ts';
import type { FanfoldClient } from '../index.ts';
import { persist } from '../persist.ts';
import { publish } from './outputs.ts';

export interface Output extends WantedOutput {
  client: FanfoldClient;
  signal: AbortSignal;
}

/** Writes an output to a file that appears only when it is whole; returns its path. */
export async function saveOutput(
  output: Output,
  target: { out: string; stem: string; force: boolean },
): Promise<string> {
  const draft = join(target.out, `.fanfold-${randomUUID()}.part`);
  try {
    await persist(async () => {
      const body = await openOutput(output);
      await carry(() => pipeline(body, createWriteStream(draft), { signal: output.signal }));
    }, output);
    return await publish(draft, { ...target, format: output.format });
  } finally {
    await rm(draft, { force: true });
  }
}

/** Writes an output to a stream, which stays open. */
export async function printOutput(output: Output, to: Writable): Promise<void> {
  const body = await persist(() => openOutput(output), output);
  await carry(() => pipeline(body, to, { end: false, signal: output.signal }));
}

/** What the name of an output begins with, before the ending of its format. */
export async function stemOf({ client, signal, ...wanted }: Output): Promise<string> {
  const { fileName } = await client.documents.download.mutate(wanted, { signal });
  const { format } = wanted;
  return fileName.slice(0, -`.${OUTPUTS[format].extension}`.length);
}

async function openOutput({ client, signal, ...wanted }: Output): Promise<Readable> {
  const { url } = await awaitOutput(client, wanted, signal);
  const response = await carry(() => fetch(url, { signal }));
  if (response.ok && response.body) return Readable.fromWeb(response.body as ReadableStream);
  throw unavailable(`HTTP ${response.status}`);
}

/** A system error (a full disk) is told as it is; anything else was the network. */
async function carry<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isLocal = error instanceof Error && 'syscall' in error;
    throw isLocal ? error : unavailable(error);
  }
}

function unavailable(cause: unknown): FanfoldClientError {
  const sentence = 'The object store did not give the result. Try again in a moment.';
  return new FanfoldClientError('STORAGE_UNAVAILABLE', sentence, { transient: true, cause });
}
