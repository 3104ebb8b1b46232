import { z } from 'zod';
import { ERROR_CODES } from '../errors.ts';
import { JOB_NAMES, type JobName } from '../jobs/catalog.ts';

/** Which jobs that were given up; all of them where nothing is named. */
export const deadLetterFilterSchema = z.object({
  /** Their ids in the dead letter queue. */
  ids: z.array(z.uuid()).min(1).max(1_000).optional(),
  kind: z.enum(JOB_NAMES as [JobName, ...JobName[]]).optional(),
  code: z.enum(ERROR_CODES).optional(),
  documentId: z.uuid().optional(),
  /** Given up before this time. */
  before: z.iso.datetime({ offset: true }).optional(),
});
export type DeadLetterFilter = z.output<typeof deadLetterFilterSchema>;

export const listDeadLettersSchema = deadLetterFilterSchema.extend({
  limit: z.int().min(1).max(200).default(50),
  /** How many of the newest to leave out. */
  offset: z.int().min(0).default(0),
});

export const deadLetterIdSchema = z.object({ id: z.uuid() });
