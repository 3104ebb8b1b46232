import { index, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { VisionAnswer } from '#server/pages/usage.ts';
import { documents } from './documents.ts';
import { owners } from './owners.ts';

/** Answers of vision models, so that the same question is paid for once; they go with their document. */
export const visionAnswers = pgTable(
  'vision_answers',
  {
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => owners.id),
    /** SHA-256 of the picture, the prompt and the model. */
    hash: text().notNull(),
    answer: jsonb().$type<VisionAnswer>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.hash] }),
    index('vision_answers_owner_hash_idx').on(table.ownerId, table.hash),
  ],
);
