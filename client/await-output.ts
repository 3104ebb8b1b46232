import type { OutputFormat } from '#server/documents/formats.ts';
import type { TextOptions } from '#server/outputs/variants.ts';
import type { FanfoldClient } from './index.ts';
import { sleep } from './wait.ts';

/** Milliseconds between looks at whether an output is there: at first, and at most. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 4_000;

export interface WantedOutput {
  documentId: string;
  format: OutputFormat;
  /** For `txt`. */
  text?: TextOptions | undefined;
  /** Try once more to make what could not be made. */
  again?: boolean;
}

/**
 * The address of an output; where nobody has asked for it before, once it is made. Rejects with the
 * output's error, or with the signal's reason.
 */
export async function awaitOutput(
  client: Pick<FanfoldClient, 'documents'>,
  { again = false, ...wanted }: WantedOutput,
  signal: AbortSignal,
): Promise<{ url: string; fileName: string }> {
  let input = { ...wanted, again };
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 1.5, LONGEST_WAIT)) {
    const { url, fileName } = await client.documents.download.mutate(input, { signal });
    if (url !== null) return { url, fileName };
    await sleep(wait, signal);
    signal.throwIfAborted();
    input = { ...wanted, again: false };
  }
}
