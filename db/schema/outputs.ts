import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { OUTPUT_FORMATS } from '#server/documents/formats.ts';
import type { ErrorCode } from '#server/errors.ts';
import { documents } from './documents.ts';
import { owners } from './owners.ts';

/** An output that was written, or why it could not be: `key` and `sizeBytes`, or the error. */
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
    key: text(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    errorCode: text('error_code').$type<ErrorCode>(),
    errorSentence: text('error_sentence'),
    run: integer().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.format] }),
    check(
      'outputs_written_or_failed_check',
      sql`(${table.key} is null) = (${table.errorCode} is not null) and (${table.key} is null) = (${table.sizeBytes} is null)`,
    ),
  ],
);
