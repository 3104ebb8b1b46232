import OpenAI from 'openai';
import pLimit from 'p-limit';
import type { Env } from '#server/env.ts';
import { FanfoldError } from '#server/errors.ts';
import type { Usage, VisionAnswer } from '#server/pages/usage.ts';

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

/** A model that looks at pictures, behind an endpoint that speaks OpenAI's chat completions. */
export interface VisionEndpoint {
  readonly model: string;
  readonly prompt: string;
  /**
   * The text on a JPEG. What may pass (429, 5xx, broken connections) is tried again with growing,
   * jittered pauses, or those that Retry-After asks for. Throws VISION_UNAVAILABLE where it did not
   * pass, VISION_REFUSED where the endpoint does not accept the key or the request, and
   * VISION_ANSWER_INVALID where its answer is none or was cut off.
   */
  read(jpeg: Uint8Array, signal: AbortSignal): Promise<VisionAnswer>;
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

export function createVisionEndpoint(settings: VisionSettings): VisionEndpoint {
  const { model, prompt } = settings;
  const client = new OpenAI({
    baseURL: settings.url,
    // The library insists on a key; local servers do not look at it.
    apiKey: settings.key ?? 'none',
    organization: null,
    project: null,
    timeout: settings.timeoutMs,
    maxRetries: settings.retries,
    logLevel: 'off',
  });
  const limit = pLimit(settings.concurrency);
  return {
    model,
    prompt,
    read: (jpeg, signal) =>
      limit(async () => {
        const completion = await client.chat.completions
          .create({ model, temperature: 0, messages: messages(prompt, jpeg) }, { signal })
          .catch((error) => {
            signal.throwIfAborted();
            throw asVisionError(error);
          });
        return toAnswer(completion, settings);
      }),
  };
}

function messages(
  prompt: string,
  jpeg: Uint8Array,
): OpenAI.Chat.Completions.ChatCompletionMessageParam[] {
  const url = `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`;
  return [
    {
      role: 'user',
      content: [
        { type: 'text', text: prompt },
        { type: 'image_url', image_url: { url, detail: 'high' } },
      ],
    },
  ];
}

function toAnswer(
  completion: OpenAI.Chat.Completions.ChatCompletion,
  settings: VisionSettings,
): VisionAnswer {
  const choice = completion.choices?.[0];
  const text = choice?.message?.content;
  if (typeof text !== 'string') throw invalidAnswer('it holds no text');
  if (choice?.finish_reason === 'length')
    throw invalidAnswer('it was cut off at its limit of tokens');
  const { prompt_tokens: promptTokens = 0, completion_tokens: completionTokens = 0 } =
    completion.usage ?? {};
  const usage: Usage = {
    promptTokens,
    completionTokens,
    cost: costOf(promptTokens, completionTokens, settings),
    cached: false,
  };
  return { text, model: completion.model || settings.model, usage };
}

function costOf(prompt: number, completion: number, settings: VisionSettings): number | null {
  const { inputPrice, outputPrice } = settings;
  if (inputPrice === undefined && outputPrice === undefined) return null;
  return (prompt * (inputPrice ?? 0) + completion * (outputPrice ?? 0)) / 1_000_000;
}

function asVisionError(error: unknown): FanfoldError {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof OpenAI.APIConnectionError) {
    return new FanfoldError('VISION_UNAVAILABLE', { detail, cause: error });
  }
  if (error instanceof OpenAI.APIError && typeof error.status === 'number') {
    const passing = [408, 409, 429].includes(error.status) || error.status >= 500;
    const code = passing ? 'VISION_UNAVAILABLE' : 'VISION_REFUSED';
    return new FanfoldError(code, { detail, cause: error });
  }
  return invalidAnswer(detail, error);
}

function invalidAnswer(detail: string, cause?: unknown): FanfoldError {
  return new FanfoldError('VISION_ANSWER_INVALID', { detail, cause });
}
