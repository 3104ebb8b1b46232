import { applyCorrections } from '#server/corrections/apply.ts';
import type { AssemblyPage } from '#server/documents/assemble.ts';
import type { ErrorCode } from '#server/errors.ts';
import type { Layout } from '#server/pages/layout.ts';
import { readLayout } from '#server/pages/stored-layout.ts';
import type { ObjectStorage } from '#server/storage/client.ts';

/** A page of an output: what was read, or why it was not. */
export type OutputPage =
  | { number: number; layout: Layout }
  | { number: number; error: { code: ErrorCode; sentence: string } };

/** Layouts that are fetched ahead of the writer. */
const READ_AHEAD = 2;

/** The pages in order, a few of them in memory at a time; as often as they are asked for. */
export function readPages(
  storage: ObjectStorage,
  pages: AssemblyPage[],
  signal: AbortSignal,
): AsyncIterable<OutputPage> {
  return { [Symbol.asyncIterator]: () => readAhead(storage, pages, signal) };
}

async function* readAhead(
  storage: ObjectStorage,
  pages: AssemblyPage[],
  signal: AbortSignal,
): AsyncGenerator<OutputPage> {
  const ahead: Promise<OutputPage>[] = [];
  for (const page of pages) {
    const read = readPage(storage, page, signal);
    read.catch(() => undefined);
    ahead.push(read);
    const next = ahead.length >= READ_AHEAD ? ahead.shift() : undefined;
    if (next) yield await next;
  }
  for (const next of ahead) yield await next;
}

async function readPage(
  storage: ObjectStorage,
  page: AssemblyPage,
  signal: AbortSignal,
): Promise<OutputPage> {
  const { number, layoutKey } = page;
  if (page.status !== 'completed' || !layoutKey) {
    const code = page.errorCode ?? 'INTERNAL';
    return { number, error: { code, sentence: page.errorSentence ?? '' } };
  }
  const layout = await readLayout(storage, layoutKey, { signal });
  return { number, layout: applyCorrections(layout, page.corrections) };
}
