import { z } from 'zod';

/** What reading a page took of a model that is paid by the token. */
export const usageSchema = z.object({
  promptTokens: z.int().nonnegative(),
  completionTokens: z.int().nonnegative(),
  /** In the currency of the prices that are set; null where none are. */
  cost: z.number().nonnegative().nullable(),
  /** Whether the answer was there from before: then it took nothing. */
  cached: z.boolean(),
});
export type Usage = z.infer<typeof usageSchema>;

/** A model's answer to the picture of a page. */
export interface VisionAnswer {
  text: string;
  /** As the endpoint names it. */
  model: string;
  usage: Usage;
}
