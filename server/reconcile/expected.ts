import { inArray } from 'drizzle-orm';
import { type DocumentRow, outputs, pages } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';
import { readRereadingObjects } from '../rereadings/keys.ts';
import { detailKey } from '../storage/keys.ts';
import type { Finding } from './reconcile.ts';

/** An object that a row names. */
export interface ExpectedObject {
  kind: Exclude<Finding['kind'], 'object-without-row'>;
  key: string;
  /** Of a page, from 1. */
  page: number | null;
}

export interface Expected {
  objects: ExpectedObject[];
  /** Keys that may be there and need not. */
  allowed: string[];
}

/** What the rows of documents say that the store holds, by document. */
export async function readExpected(
  ctx: SystemContext,
  rows: DocumentRow[],
): Promise<Map<string, Expected>> {
  const expected = new Map<string, Expected>(rows.map((row) => [row.id, expectedSource(row)]));
  if (rows.length === 0) return expected;
  const ids = rows.map(({ id }) => id);
  const pageRows = await ctx.db
    .select({
      documentId: pages.documentId,
      page: pages.number,
      layout: pages.layoutKey,
      image: pages.imageKey,
      thumbnail: pages.thumbnailKey,
    })
    .from(pages)
    .where(inArray(pages.documentId, ids));
  for (const { documentId, page, layout, image, thumbnail } of pageRows) {
    const objects = expected.get(documentId)?.objects;
    if (image) expected.get(documentId)?.allowed.push(detailKey(image));
    if (layout) objects?.push({ kind: 'layout-missing', key: layout, page });
    if (image) objects?.push({ kind: 'picture-missing', key: image, page });
    if (thumbnail) objects?.push({ kind: 'picture-missing', key: thumbnail, page });
  }
  const outputRows = await ctx.db
    .select({ documentId: outputs.documentId, key: outputs.key })
    .from(outputs)
    .where(inArray(outputs.documentId, ids));
  for (const { documentId, key } of outputRows) {
    if (key) expected.get(documentId)?.objects.push({ kind: 'output-missing', key, page: null });
  }
  for (const { documentId, ...object } of await readRereadingObjects(ctx.db, ids)) {
    expected.get(documentId)?.objects.push({ kind: 'rereading-missing', ...object });
  }
  return expected;
}

function expectedSource(row: DocumentRow): Expected {
  const { sourceKey: key, sourceEtag, sourceRemovedAt } = row;
  const arrived = sourceEtag !== null && sourceRemovedAt === null;
  if (arrived) return { objects: [{ kind: 'source-missing', key, page: null }], allowed: [] };
  return { objects: [], allowed: row.status === 'awaiting_upload' ? [key] : [] };
}
