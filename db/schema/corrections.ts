import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Box } from '#server/pages/layout.ts';
import { at } from './columns.ts';
import { documents } from './documents.ts';
import { owners } from './owners.ts';
import { pages } from './pages.ts';

/**
 * What people have made of the words of a page, applied over its layout. Nothing is ever taken out:
 * one that is undone or replaced stays as history.
 */
export const corrections = pgTable(
  'corrections',
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
    /** Who made it. */
    authorId: uuid('author_id')
      .notNull()
      .references(() => owners.id),
    /** The layout that it was made on. */
    layoutKey: text('layout_key').notNull(),
    /** The words of that layout, from 0 in reading order. */
    firstWord: integer('first_word').notNull(),
    wordCount: integer('word_count').notNull(),
    /** Around those words, as shares of the page's width and height. */
    box: jsonb().$type<Box>().notNull(),
    oldText: text('old_text').notNull(),
    newText: text('new_text').notNull(),
    createdAt: at('created_at').notNull().default(sql`clock_timestamp()`),
    undoneAt: at('undone_at'),
    /** The later correction of the same words, which counts instead. */
    replacedBy: uuid('replaced_by'),
  },
  (table) => [
    index('corrections_page_idx').on(table.pageId, table.createdAt),
    index('corrections_document_idx')
      .on(table.documentId)
      .where(sql`${table.undoneAt} is null and ${table.replacedBy} is null`),
    check('corrections_words_check', sql`${table.firstWord} >= 0 and ${table.wordCount} > 0`),
  ],
);

export type CorrectionRow = typeof corrections.$inferSelect;
