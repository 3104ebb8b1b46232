import { z } from 'zod';
import { documentIdSchema, pageRefSchema } from '../documents/schemas.ts';

/** Most characters of one correction. */
const MAX_CORRECTION = 2_000;

const noControls = /^[^\p{Cc}\p{Cs}]*$/u;

export const correctWordsSchema = pageRefSchema.extend({
  /** The version of the layout that the caller sees: `layout` of the page. */
  layout: z.string().min(1).max(100),
  /** The words of that layout, from 0 in reading order, all on one line. */
  first: z.int().nonnegative(),
  count: z.int().min(1).max(1_000),
  /** What the caller sees in their place: refused where it has changed. */
  shown: z.string().max(MAX_CORRECTION * 2),
  /** What it should read; the same text confirms it, an empty one removes it. */
  text: z
    .string()
    .max(MAX_CORRECTION)
    .transform((text) => text.normalize('NFC').replace(/\s+/gu, ' ').trim())
    .refine((text) => noControls.test(text), 'must be plain text'),
});

export const correctionRefSchema = documentIdSchema.extend({ correctionId: z.uuid() });

export const doubtsSchema = documentIdSchema.extend({
  /** Words below this confidence are doubtful; a multiple of 5. */
  threshold: z.int().min(0).max(100).multipleOf(5),
});
