import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, real, text, uuid } from 'drizzle-orm/pg-core';
import type { ErrorCode } from '#server/errors.ts';
import type { PageImages } from '#server/pages/complete.ts';
import type { Usage } from '#server/pages/usage.ts';
import { REREADING_STATUSES, type RereadOptions } from '#server/rereadings/schemas.ts';
import { at } from './columns.ts';
import { documents } from './documents.ts';
import { owners } from './owners.ts';
import { pages } from './pages.ts';

/** A second reading of a page with other settings, kept beside the first until someone chooses. */
export const rereadings = pgTable(
  'rereadings',
  {
    id: uuid().primaryKey(),
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    pageId: uuid('page_id')
      .notNull()
      .references(() => pages.id, { onDelete: 'cascade' }),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => owners.id),
    options: jsonb().$type<RereadOptions>().notNull(),
    status: text({ enum: REREADING_STATUSES }).notNull().default('pending'),
    layoutKey: text('layout_key'),
    /** Its own pictures; null where none were drawn. */
    images: jsonb().$type<PageImages>(),
    text: text(),
    /** 0–100. */
    confidence: real(),
    wordCount: integer('word_count'),
    usage: jsonb().$type<Usage>(),
    errorCode: text('error_code').$type<ErrorCode>(),
    errorSentence: text('error_sentence'),
    createdAt: at('created_at').notNull().defaultNow(),
    finishedAt: at('finished_at'),
  },
  (table) => [
    index('rereadings_page_idx').on(table.pageId, table.createdAt),
    index('rereadings_open_idx')
      .on(table.documentId)
      .where(sql`${table.status} in ('pending', 'done', 'failed')`),
  ],
);

export type RereadingRow = typeof rereadings.$inferSelect;
