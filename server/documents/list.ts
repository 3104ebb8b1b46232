import { and, desc, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { documents } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import { FanfoldError } from '../errors.ts';
import type { listDocumentsSchema } from './schemas.ts';
import { type DocumentView, documentView } from './view.ts';

export interface DocumentPage {
  documents: DocumentView[];
  /** Where the next page starts; null at the end. */
  nextCursor: string | null;
}

/** The owner's documents, newest first. */
export async function listDocuments({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof listDocumentsSchema>;
}): Promise<DocumentPage> {
  const after = input.cursor ? decodeCursor(input.cursor) : undefined;
  const rows = await ctx.db
    .select({ row: documents, at: createdAtText })
    .from(documents)
    .where(
      and(
        eq(documents.ownerId, ctx.ownerId),
        after &&
          sql`(${documents.createdAt}, ${documents.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(desc(documents.createdAt), desc(documents.id))
    .limit(input.limit + 1);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    documents: shown.map(({ row }) => documentView(row)),
    nextCursor: rows.length > input.limit && last ? encodeCursor(last.at, last.row.id) : null,
  };
}

/** With its microseconds, which a JavaScript date would lose. */
const createdAtText = sql<string>`${documents.createdAt}::text`;

function encodeCursor(at: string, id: string): string {
  return Buffer.from(`${at}|${id}`).toString('base64url');
}

function decodeCursor(cursor: string): { at: string; id: string } {
  const [at, id] = Buffer.from(cursor, 'base64url').toString().split('|');
  const valid = at && id && !Number.isNaN(Date.parse(at)) && /^[0-9a-f-]{36}$/.test(id);
  if (!valid) throw new FanfoldError('INVALID_INPUT', { sentence: 'The cursor is not valid.' });
  return { at, id };
}
