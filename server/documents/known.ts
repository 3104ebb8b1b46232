import { isDeepStrictEqual } from 'node:util';
import { and, desc, eq, inArray } from 'drizzle-orm';
import { type DocumentRow, documents } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import { FanfoldError } from '../errors.ts';
import { storable } from '../plain-text.ts';
import type { CreateDocument } from './schemas.ts';

/** Documents of the same file that are looked at for the same options, the newest first. */
const CANDIDATES = 20;

/**
 * The document that an earlier request of the same `clientRequestId` has made. Throws
 * REQUEST_ID_REUSED where that one asked for something else.
 */
export async function findRequested(
  ctx: Context,
  input: CreateDocument,
): Promise<DocumentRow | undefined> {
  if (!input.clientRequestId) return undefined;
  const [row] = await ctx.db
    .select()
    .from(documents)
    .where(
      and(eq(documents.ownerId, ctx.ownerId), eq(documents.clientRequestId, input.clientRequestId)),
    );
  if (row && !asksForTheSame(row, input)) throw new FanfoldError('REQUEST_ID_REUSED');
  return row;
}

/**
 * The owner's newest document of the same bytes and options that was read whole, or is being read.
 * Files are told apart by SHA-256 and size.
 */
export async function findKnown(
  ctx: Context,
  input: CreateDocument,
): Promise<DocumentRow | undefined> {
  const rows = await ctx.db
    .select()
    .from(documents)
    .where(
      and(
        eq(documents.ownerId, ctx.ownerId),
        eq(documents.sha256, input.sha256),
        eq(documents.sizeBytes, input.size),
        inArray(documents.status, [
          'queued',
          'inspecting',
          'processing',
          'assembling',
          'completed',
        ]),
      ),
    )
    .orderBy(desc(documents.createdAt))
    .limit(CANDIDATES);
  return rows.find((row) => isDeepStrictEqual(row.options, input.options));
}

function asksForTheSame(row: DocumentRow, input: CreateDocument): boolean {
  const { sha256, options, priority, schedule, retention } = input;
  return isDeepStrictEqual(
    [
      row.fileName,
      row.sizeBytes,
      row.sha256,
      row.options,
      row.priority,
      row.schedule,
      row.retention,
    ],
    [storable(input.fileName), input.size, sha256, options, priority, schedule, retention],
  );
}
