import { index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/**
 * Documents that were deleted, without their content: their rows are gone, and the objects under
 * their prefix once the removal is finished.
 */
export const removals = pgTable(
  'removals',
  {
    documentId: uuid('document_id').primaryKey(),
    ownerId: uuid('owner_id').notNull(),
    prefix: text().notNull(),
    /** A person asked for it, or its days were over. */
    reason: text({ enum: ['request', 'retention'] })
      .notNull()
      .default('request'),
    requestedAt: timestamp('requested_at', { withTimezone: true }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (table) => [index('removals_requested_at_idx').on(table.requestedAt)],
);
