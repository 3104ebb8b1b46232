import type { Env } from '#server/env.ts';

export interface VisionSettings {
  url: string;
  key?: string | undefined;
  model: string;
  prompt: string;
  /** Requests under way at once. */
  concurrency: number;
  /** Milliseconds of one request. */
  timeoutMs: number;
  /** Tries after the first. */
  retries: number;
  /** Prices of a million tokens. */
  inputPrice?: number | undefined;
  outputPrice?: number | undefined;
}

const PROMPT = `Transcribe all text on this page exactly as it stands, in reading order.
Keep the line breaks of the page and put an empty line between paragraphs. Write tables row by row.
Answer with the text alone: no comment, no Markdown, no translation. Answer with nothing for an empty page.`;

/** The endpoint that the environment names; undefined where it names none. */
export function visionSettings(env: Env): VisionSettings | undefined {
  if (!env.FANFOLD_VISION_URL || !env.FANFOLD_VISION_MODEL) return undefined;
  return {
    url: env.FANFOLD_VISION_URL,
    key: env.FANFOLD_VISION_KEY,
    model: env.FANFOLD_VISION_MODEL,
    prompt: env.FANFOLD_VISION_PROMPT ?? PROMPT,
    concurrency: env.FANFOLD_VISION_CONCURRENCY,
    timeoutMs: env.FANFOLD_VISION_TIMEOUT_MS,
    retries: env.FANFOLD_VISION_RETRIES,
    inputPrice: env.FANFOLD_VISION_INPUT_PRICE,
    outputPrice: env.FANFOLD_VISION_OUTPUT_PRICE,
  };
}
