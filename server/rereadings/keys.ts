import { and, eq, inArray } from 'drizzle-orm';
import type { Executor } from '#db/client.ts';
import { pages, rereadings } from '#db/schema/index.ts';

export interface RereadingObject {
  documentId: string;
  /** From 1. */
  page: number;
  key: string;
}

/** The objects of readings that wait for someone to choose. */
export async function readRereadingObjects(
  db: Executor,
  documentIds: string[],
): Promise<RereadingObject[]> {
  const rows = await db
    .select({
      documentId: rereadings.documentId,
      page: pages.number,
      layout: rereadings.layoutKey,
      images: rereadings.images,
    })
    .from(rereadings)
    .innerJoin(pages, eq(pages.id, rereadings.pageId))
    .where(and(inArray(rereadings.documentId, documentIds), eq(rereadings.status, 'done')));
  return rows.flatMap(({ documentId, page, layout, images }) =>
    [layout, images?.imageKey, images?.thumbnailKey].flatMap((key) =>
      key ? [{ documentId, page, key }] : [],
    ),
  );
}
