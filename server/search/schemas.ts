import { z } from 'zod';
import { documentFilterSchema } from '../documents/schemas.ts';
import { lineSchema } from '../plain-text.ts';

export const searchPagesSchema = documentFilterSchema.extend({
  /** As in a web search: words, "a phrase", -without, or; and prefi*. */
  query: lineSchema(1, 500),
  documentId: z.uuid().optional(),
  /** How many of the best to skip. */
  cursor: z.int().min(0).max(1_000).nullish(),
  limit: z.int().min(1).max(50).default(20),
});
