import { readFile } from 'node:fs/promises';
import type { Alphabet } from './alphabet.ts';
import { type Chain, chainOf } from './chain.ts';
import { parseCharset } from './charset.ts';
import { loadKernel, type Storage } from './kernel.ts';
import { lexiconOf } from './lexicon.ts';
import { parseNetwork } from './network.ts';
import { LineRecognizer } from './recognizer.ts';
import { partsOf } from './traineddata.ts';

/** What reads the lines of a language. */
export interface LineModel {
  alphabet: Alphabet;
  recognizer: LineRecognizer;
}

/**
 * Loads a `.traineddata` file; undefined where its network or its characters are of a kind that only
 * Tesseract itself reads. The storage is the best of this processor unless one is named.
 */
export async function loadModel(path: string, storage?: Storage): Promise<LineModel | undefined> {
  const parsed = parseModel(await readFile(path));
  if (!parsed) return undefined;
  const { alphabet, chain } = parsed;
  return { alphabet, recognizer: new LineRecognizer(chain, await loadKernel(storage)) };
}

function parseModel(file: Buffer): { alphabet: Alphabet; chain: Chain } | undefined {
  try {
    const parts = partsOf(file);
    const [part, unicharset, recoder] = (['network', 'unicharset', 'recoder'] as const).map(
      (name) => parts.get(name),
    );
    const network = part && parseNetwork(part);
    const chain = network && chainOf(network.layer);
    const charset = unicharset && recoder && parseCharset(unicharset, recoder);
    if (!chain || !charset) return undefined;
    return {
      alphabet: { charset, lexicon: lexiconOf(parts, charset), blank: network.blank },
      chain,
    };
  } catch (error) {
    // A part of another kind ends before what is looked for in it.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
