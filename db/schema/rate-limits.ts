import { doublePrecision, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Token buckets: what an owner may still do at `updatedAt`, refilled as time passes. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    ownerId: uuid('owner_id').notNull(),
    action: text().notNull(),
    tokens: doublePrecision().notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.action] })],
);
