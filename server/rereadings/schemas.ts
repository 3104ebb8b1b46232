import { z } from 'zod';
import { documentIdSchema, documentOptionsSchema } from '../documents/schemas.ts';

/** How pages are read again; what is left out is as for the document. */
const rereadOptionsSchema = documentOptionsSchema
  .pick({
    languages: true,
    mode: true,
    segmentation: true,
    rotation: true,
    dpi: true,
    deskew: true,
    quality: true,
    engine: true,
  })
  .partial();
export type RereadOptions = z.output<typeof rereadOptionsSchema>;

export const rereadPagesSchema = documentIdSchema.extend({
  /** E.g. `3` or `1-3,7`. */
  pages: z.string().min(1).max(1_000),
  options: rereadOptionsSchema,
});

export const rereadingRefSchema = documentIdSchema.extend({ rereadingId: z.uuid() });

/** `done` waits for someone to choose. */
export const REREADING_STATUSES = ['pending', 'done', 'failed', 'taken', 'dropped'] as const;
