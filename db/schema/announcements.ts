import { pgTable, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

/**
 * When watchers were last told that a document may have changed, by whatever process. Unlogged: it
 * holds nothing that a crash may not forget, and an announcement does not wait for the disk.
 */
export const announcements = pgTable('announcements', {
  documentId: uuid('document_id').primaryKey(),
  at: at('at').notNull(),
});
