import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Whoever a row belongs to. One local owner until accounts exist. */
export const owners = pgTable('owners', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});
