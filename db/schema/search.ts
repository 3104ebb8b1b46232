import { sql } from 'drizzle-orm';
import { customType, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { owners } from './owners.ts';
import { pages } from './pages.ts';

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
const regconfigs = customType<{ data: string }>({ dataType: () => 'regconfig[]' });

/** What pages are found by; a trigger keeps it with their text. */
export const pageSearch = pgTable(
  'page_search',
  {
    pageId: uuid('page_id')
      .primaryKey()
      .references(() => pages.id, { onDelete: 'cascade' }),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => owners.id),
    documentId: uuid('document_id').notNull(),
    /** One for each language of the document that has one. */
    configs: regconfigs().notNull(),
    /** The text's lexemes by all of them. */
    lexemes: tsvector().notNull(),
  },
  (table) => [
    index('page_search_lexemes_idx').using('gin', table.lexemes),
    index('page_search_document_idx').on(table.documentId),
  ],
);

/** The words of an owner's pages, without case and accents: what a mistyped one may have meant. */
export const searchWords = pgTable(
  'search_words',
  {
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => owners.id),
    word: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.ownerId, table.word] }),
    index('search_words_trigram_idx').using('gin', sql`${table.word} gin_trgm_ops`),
  ],
);
