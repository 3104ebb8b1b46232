import { z } from 'zod';

export const reconcileSchema = z.object({
  /** The `next` of the step before; null to begin. */
  after: z.uuid().nullable().default(null),
  fix: z.boolean().default(false),
  /** Objects that are younger may be about to get their row, and are not deleted. */
  graceMinutes: z.int().min(0).max(10_080).default(60),
});
