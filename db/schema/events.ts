import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import type { EventType } from '#server/documents/events.ts';
import { documents } from './documents.ts';
import { owners } from './owners.ts';

/** Appended only; numbered within the document under its row lock, so commit order is number order. */
export const events = pgTable(
  'events',
  {
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    seq: integer().notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => owners.id),
    type: text().$type<EventType>().notNull(),
    data: jsonb().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.seq] }),
    // Rows lie in the order of their time, so that a summary of each range of blocks is enough.
    index('events_created_at_idx').using('brin', table.createdAt),
  ],
);
