import OpenAI from 'openai';
import pLimit from 'p-limit';
import { FanfoldError } from '#server/errors.ts';
import type { Usage, VisionAnswer } from '#server/pages/usage.ts';
import type { VisionSettings } from './settings.ts';

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
