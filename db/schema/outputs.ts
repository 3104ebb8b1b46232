import { bigint, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { OUTPUT_FORMATS } from '#server/documents/formats.ts';
import { documents } from './documents.ts';
import { owners } from './owners.ts';

export const outputs = pgTable(
  'outputs',
  {
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    format: text({ enum: OUTPUT_FORMATS }).notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => owners.id),
    key: text().notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    run: integer().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.format] })],
);
