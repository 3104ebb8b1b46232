import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { documents, nameOf } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import { FanfoldError } from '../errors.ts';
import { isNamed, matchesFilter } from './filter.ts';
import type { listDocumentsSchema } from './schemas.ts';
import { type DocumentView, documentView } from './view.ts';

export interface DocumentPage {
  documents: DocumentView[];
  /** Where the next page starts; null at the end. */
  nextCursor: string | null;
}

type ListInput = z.output<typeof listDocumentsSchema>;

/** The owner's documents that the filter leaves, in the order asked for. */
export async function listDocuments({
  ctx,
  input,
}: {
  ctx: Context;
  input: ListInput;
}): Promise<DocumentPage> {
  const { key, type, descending } = ORDERS[input.sort];
  const after = input.cursor ? decodeCursor(input.cursor, type) : undefined;
  const rows = await ctx.db
    .select({ row: documents, key: sql<string>`${key}::text` })
    .from(documents)
    .where(
      and(
        eq(documents.ownerId, ctx.ownerId),
        matchesFilter(input),
        input.name ? isNamed(input.name) : undefined,
        after && isBeyond(input.sort, after),
      ),
    )
    .orderBy(...[key, documents.id].map(descending ? desc : asc))
    .limit(input.limit + 1);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    documents: shown.map(({ row }) => documentView(row)),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.key, last.row.id]) : null,
  };
}

/** What the orders sort by, then by id. Times as text keep microseconds that a Date would lose. */
const ORDERS = {
  newest: { key: sql`${documents.createdAt}`, type: 'timestamptz', descending: true },
  oldest: { key: sql`${documents.createdAt}`, type: 'timestamptz', descending: false },
  name: { key: nameOf(documents), type: 'text', descending: false },
} as const satisfies Record<ListInput['sort'], { key: SQL; type: string; descending: boolean }>;

type Cursor = [key: string, id: string];

function isBeyond(sort: ListInput['sort'], [key, id]: Cursor): SQL {
  const order = ORDERS[sort];
  const beyond = sql.raw(order.descending ? '<' : '>');
  return sql`(${order.key}, ${documents.id}) ${beyond} (${key}::${sql.raw(order.type)}, ${id}::uuid)`;
}

function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

const cursorSchema = z.tuple([z.string(), z.uuid()]);

function decodeCursor(cursor: string, type: string): Cursor {
  try {
    const decoded = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (type === 'timestamptz')
      z.string()
        .refine((at) => !Number.isNaN(Date.parse(at)))
        .parse(decoded[0]);
    return decoded;
  } catch (cause) {
    throw new FanfoldError('INVALID_INPUT', { sentence: 'The cursor is not valid.', cause });
  }
}
