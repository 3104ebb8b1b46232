import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  jsonb,
  pgTable,
  real,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ErrorCode } from '#server/errors.ts';
import { ATTEMPT_OUTCOMES, PAGE_SOURCES, PAGE_STATUSES } from '#server/pages/status.ts';
import type { Usage } from '#server/pages/usage.ts';
import { at } from './columns.ts';
import { documents } from './documents.ts';
import { owners } from './owners.ts';

export const pages = pgTable(
  'pages',
  {
    id: uuid().primaryKey(),
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => owners.id),
    /** From 1. */
    number: integer().notNull(),
    status: text({ enum: PAGE_STATUSES }).notNull().default('pending'),
    source: text({ enum: PAGE_SOURCES }),
    reason: text(),
    /** The job that reads the page; while it lives, the page is in good hands. */
    jobId: uuid('job_id').notNull(),
    /** The attempt that holds the page; a write with another token changes no row. */
    attemptToken: uuid('attempt_token'),
    attempts: integer().notNull().default(0),
    /** 0–100, of the running attempt. */
    progress: smallint().notNull().default(0),
    errorCode: text('error_code').$type<ErrorCode>(),
    errorSentence: text('error_sentence'),
    /** 0–100. */
    confidence: real(),
    wordCount: integer('word_count'),
    /** What read it. */
    engine: jsonb().$type<{ name: string; version: string }>(),
    /** What that took, where it is paid for. */
    usage: jsonb().$type<Usage>(),
    text: text(),
    /** That it was read in; null where it was not read, and the document's count. */
    languages: jsonb().$type<string[]>(),
    /** How many recognised words there are of each confidence: see server/pages/confidences.ts. */
    confidences: integer().array(),
    warnings: jsonb().$type<string[]>().notNull().default([]),
    /** Of the page image, pixels. */
    imageWidth: integer('image_width'),
    imageHeight: integer('image_height'),
    imageKey: text('image_key'),
    thumbnailKey: text('thumbnail_key'),
    layoutKey: text('layout_key'),
    /** Of what the layout was made from: see worker/page/fingerprint.ts. */
    fingerprint: text(),
    /** The document's event number at this page's last change. */
    seq: integer().notNull().default(0),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
  },
  (table) => [
    unique('pages_document_number_key').on(table.documentId, table.number),
    index('pages_document_seq_idx').on(table.documentId, table.seq),
    index('pages_owner_fingerprint_idx')
      .on(table.ownerId, table.fingerprint)
      .where(sql`${table.fingerprint} is not null`),
  ],
);

export type PageRow = typeof pages.$inferSelect;

export const attempts = pgTable(
  'attempts',
  {
    /** The token that fences the attempt's writes. */
    id: uuid().primaryKey(),
    pageId: uuid('page_id')
      .notNull()
      .references(() => pages.id, { onDelete: 'cascade' }),
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => owners.id),
    /** From 1, within the page. */
    number: integer().notNull(),
    /** The document's run that it was made in. */
    run: integer().notNull(),
    worker: text().notNull(),
    outcome: text({ enum: ATTEMPT_OUTCOMES }).notNull().default('running'),
    errorCode: text('error_code').$type<ErrorCode>(),
    /** For operators; may name internals. */
    errorDetail: text('error_detail'),
    /** Milliseconds of each step, by its name. */
    timings: jsonb().$type<Record<string, number>>(),
    startedAt: at('started_at').notNull().defaultNow(),
    finishedAt: at('finished_at'),
  },
  (table) => [index('attempts_page_idx').on(table.pageId, table.number)],
);
