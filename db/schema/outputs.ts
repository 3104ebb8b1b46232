import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { OUTPUT_FORMATS } from '#server/documents/formats.ts';
import type { ErrorCode } from '#server/errors.ts';
import { VARIANTS } from '#server/outputs/variants.ts';
import { documents } from './documents.ts';
import { owners } from './owners.ts';

/** An output: written (`key`, `sizeBytes`), failed (the error), or being made (`jobId`). */
export const outputs = pgTable(
  'outputs',
  {
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    format: text({ enum: OUTPUT_FORMATS }).notNull(),
    /** Which of the format's variants, see server/outputs/variants.ts; empty for the usual one. */
    variant: text({ enum: VARIANTS }).notNull().default(''),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => owners.id),
    key: text(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    /** Of the object, hex. */
    sha256: text(),
    /** The job that is making it; where there is a `key` too, that object is out of date. */
    jobId: uuid('job_id'),
    errorCode: text('error_code').$type<ErrorCode>(),
    errorSentence: text('error_sentence'),
    run: integer().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.format, table.variant] }),
    index('outputs_being_made_idx').on(table.jobId).where(sql`${table.jobId} is not null`),
    check(
      'outputs_state_check',
      sql`num_nonnulls(${table.key}, ${table.errorCode}, ${table.jobId}) >= 1 and num_nonnulls(${table.key}, ${table.errorCode}) <= 1 and (${table.key} is null) = (${table.sizeBytes} is null)`,
    ),
  ],
);
