import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Documents whose rows are gone and whose objects are being removed, by their key prefix. */
export const removals = pgTable('removals', {
  documentId: uuid('document_id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
  prefix: text().notNull(),
  requestedAt: timestamp('requested_at', { withTimezone: true }).notNull().defaultNow(),
  finishedAt: timestamp('finished_at', { withTimezone: true }),
});
