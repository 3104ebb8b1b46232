import { inArray } from 'drizzle-orm';
import { type DocumentRow, outputs, pages } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';
import { readRereadingObjects } from '../rereadings/keys.ts';
import { detailKey } from '../storage/keys.ts';

/** An object that a row names. */
export interface NamedObject {
  /** What it is where it is missing. */
  kind:
    | 'source-missing'
    | 'layout-missing'
    | 'picture-missing'
    | 'output-missing'
    | 'rereading-missing';
  key: string;
  /** Of a page, from 1. */
  page: number | null;
}

/** Whatever else a document has in the store is a stray, and is removed. */
export interface NamedObjects {
  objects: NamedObject[];
  /** Keys that may be there and need not. */
  allowed: string[];
}

/** What the rows of documents say that the store holds, by document. */
export async function readNamedObjects(
  ctx: SystemContext,
  rows: DocumentRow[],
): Promise<Map<string, NamedObjects>> {
  const named = new Map<string, NamedObjects>(rows.map((row) => [row.id, namedSource(row)]));
  if (rows.length === 0) return named;
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
    const objects = named.get(documentId)?.objects;
    if (image) named.get(documentId)?.allowed.push(detailKey(image));
    if (layout) objects?.push({ kind: 'layout-missing', key: layout, page });
    if (image) objects?.push({ kind: 'picture-missing', key: image, page });
    if (thumbnail) objects?.push({ kind: 'picture-missing', key: thumbnail, page });
  }
  const outputRows = await ctx.db
    .select({ documentId: outputs.documentId, key: outputs.key })
    .from(outputs)
    .where(inArray(outputs.documentId, ids));
  for (const { documentId, key } of outputRows) {
    if (key) named.get(documentId)?.objects.push({ kind: 'output-missing', key, page: null });
  }
  for (const { documentId, ...object } of await readRereadingObjects(ctx.db, ids)) {
    named.get(documentId)?.objects.push({ kind: 'rereading-missing', ...object });
  }
  return named;
}

function namedSource(row: DocumentRow): NamedObjects {
  const { sourceKey: key, sourceEtag, sourceRemovedAt } = row;
  const arrived = sourceEtag !== null && sourceRemovedAt === null;
  if (arrived) return { objects: [{ kind: 'source-missing', key, page: null }], allowed: [] };
  return { objects: [], allowed: row.status === 'awaiting_upload' ? [key] : [] };
}
