import { type SQL, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Schedule } from '#server/documents/schedule.ts';
import {
  type DocumentOptions,
  documentOptionsSchema,
  PRIORITIES,
  type Retention,
  type UploadState,
} from '#server/documents/schemas.ts';
import { DOCUMENT_STATUSES } from '#server/documents/status.ts';
import type { ErrorCode } from '#server/errors.ts';
import { at } from './columns.ts';
import { owners } from './owners.ts';

/** A row of an older version lacks newer options: they get their defaults where it is read. */
const documentOptions = customType<{ data: DocumentOptions; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: (options) => JSON.stringify(options),
  fromDriver: (options) => documentOptionsSchema.parse(options),
});

/** What a document is found and sorted by: the first 300 letters of its title or its file's name, in lower case. */
export function nameOf(table: Record<'title' | 'fileName', AnyPgColumn>): SQL<string> {
  return sql<string>`lower(left(coalesce(${table.title}, ${table.fileName}), 300))`;
}

export const documents = pgTable(
  'documents',
  {
    id: uuid().primaryKey(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => owners.id),
    status: text({ enum: DOCUMENT_STATUSES }).notNull().default('awaiting_upload'),
    errorCode: text('error_code').$type<ErrorCode>(),
    errorSentence: text('error_sentence'),
    fileName: text('file_name').notNull(),
    /** What people call it instead. */
    title: text(),
    tags: text().array().notNull().default(sql`'{}'`),
    /** By content, known once the upload was verified. */
    contentType: text('content_type').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    /** Of the whole file, as hex; announced by the client and verified before a page is read. */
    sha256: text().notNull(),
    sourceKey: text('source_key').notNull(),
    /** The object's ETag when it was verified; the worker reads that object and no other. */
    sourceEtag: text('source_etag'),
    upload: jsonb().$type<UploadState>().notNull(),
    options: documentOptions().notNull(),
    /** That its pages were read in, by Tesseract's names: what they are searched by. */
    foundLanguages: text('found_languages').array().notNull().default(sql`'{}'`),
    priority: text({ enum: PRIORITIES }).notNull().default('interactive'),
    schedule: jsonb().$type<Schedule>(),
    /** When a queued document starts that waits for its time. */
    startAt: at('start_at'),
    retention: jsonb().$type<Retention>(),
    clientRequestId: text('client_request_id'),
    /** Whether its pages are read even where the same were read before. */
    force: boolean().notNull().default(false),
    /** AES-256-GCM, see server/documents/password.ts. */
    passwordCiphertext: text('password_ciphertext'),
    /** Pages that are read: those that were asked for. */
    pageCount: integer('page_count'),
    filePageCount: integer('file_page_count'),
    pagesCompleted: integer('pages_completed').notNull().default(0),
    pagesFailed: integer('pages_failed').notNull().default(0),
    pagesCanceled: integer('pages_canceled').notNull().default(0),
    /** What a reader should know of the file, as sentences. */
    warnings: jsonb().$type<string[]>().notNull().default([]),
    /** The number of the document's last event. */
    seq: integer().notNull().default(0),
    /** The job that moves the document on: its inspect job, later its assemble job. */
    jobId: uuid('job_id'),
    /** Grows with each run (the first, and each retry), so that a job of an earlier run is known. */
    run: integer().notNull().default(0),
    createdAt: at('created_at').notNull().defaultNow(),
    queuedAt: at('queued_at'),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
    /** When retention has removed what is named; what is left of the document stays. */
    sourceRemovedAt: at('source_removed_at'),
    pagesRemovedAt: at('pages_removed_at'),
    outputsRemovedAt: at('outputs_removed_at'),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (table) => [
    index('documents_owner_created_idx').on(table.ownerId, table.createdAt.desc(), table.id.desc()),
    uniqueIndex('documents_owner_request_idx').on(table.ownerId, table.clientRequestId),
    index('documents_owner_sha256_idx').on(table.ownerId, table.sha256),
    index('documents_owner_name_idx').on(table.ownerId, nameOf(table), table.id),
    index('documents_name_trigram_idx').using('gin', sql`${nameOf(table)} gin_trgm_ops`),
    index('documents_tags_idx').using('gin', table.tags),
    index('documents_finished_idx')
      .on(table.finishedAt)
      .where(sql`${table.finishedAt} is not null`),
    index('documents_unfinished_idx')
      .on(table.queuedAt)
      .where(sql`${table.status} in ('queued','inspecting','processing','assembling')`),
    index('documents_owner_waiting_idx')
      .on(table.ownerId, table.status)
      .where(sql`${table.status} in ('queued','inspecting','processing','assembling')`),
    index('documents_awaiting_upload_idx')
      .on(table.createdAt)
      .where(sql`${table.status} = 'awaiting_upload'`),
    check(
      'documents_progress_check',
      sql`${table.pageCount} is null or ${table.pagesCompleted} + ${table.pagesFailed} + ${table.pagesCanceled} <= ${table.pageCount}`,
    ),
  ],
);

export type DocumentRow = typeof documents.$inferSelect;
