import { and, eq, inArray } from 'drizzle-orm';
import { documents } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';
import { type DocumentDetail, getDocument } from '../documents/get.ts';
import { type DocumentView, documentView } from '../documents/view.ts';
import { FanfoldError } from '../errors.ts';
import { changedPages, type PagePortion, runningPages } from '../pages/list.ts';
import type { PageView } from '../pages/view.ts';

/** Milliseconds for which a reading serves other watchers, too, while no change is announced. */
const FRESH = 250;

export interface DocumentState {
  document: DocumentDetail;
  /** How far the pages are that are being read. */
  running: { number: number; progress: number }[];
}

/**
 * What watchers are shown, read once for all that want it at the same time. No reading serves that began
 * before `since`, milliseconds of `performance.now()`.
 */
export interface LiveViews {
  /** A document as it is now; undefined where the owner has none of this id. */
  document(ownerId: string, documentId: string, since: number): Promise<DocumentState | undefined>;
  /** By number; those of a long document come a portion at a time. */
  pages(
    ownerId: string,
    documentId: string,
    portion: PagePortion,
    since: number,
  ): Promise<PageView[]>;
  documents(ownerId: string, ids: string[], since: number): Promise<Map<string, DocumentView>>;
  /** What was read of the document before this serves nobody who asks from now on. */
  changed(documentId: string): void;
}

interface Reading {
  at: number;
  detail?: Promise<DocumentState | undefined>;
  pages: Map<string, Promise<PageView[]>>;
  view?: Promise<DocumentView | undefined>;
}

export function createLiveViews(ctx: SystemContext): LiveViews {
  const readings = new Map<string, Map<string, Reading>>();

  const reading = (ownerId: string, documentId: string, since: number): Reading => {
    const owners = readings.get(documentId) ?? new Map<string, Reading>();
    readings.set(documentId, owners);
    const known = owners.get(ownerId);
    if (known && known.at >= since && performance.now() - known.at < FRESH) return known;
    const begun: Reading = { at: performance.now(), pages: new Map() };
    owners.set(ownerId, begun);
    setTimeout(() => {
      if (readings.get(documentId)?.get(ownerId) === begun) readings.delete(documentId);
    }, FRESH).unref();
    return begun;
  };

  return {
    document(ownerId, documentId, since) {
      const shared = reading(ownerId, documentId, since);
      shared.detail ??= readDetail({ ...ctx, ownerId }, documentId);
      return shared.detail;
    },
    pages(ownerId, documentId, portion, since) {
      const shared = reading(ownerId, documentId, since);
      const key = JSON.stringify(portion);
      const known = shared.pages.get(key);
      const pages = known ?? changedPages({ ...ctx, ownerId }, documentId, portion);
      shared.pages.set(key, pages);
      return pages;
    },
    async documents(ownerId, ids, since) {
      const shared = ids.map((id) => ({ id, of: reading(ownerId, id, since) }));
      const missing = shared.filter(({ of }) => !of.view);
      if (missing.length > 0) {
        const missingIds = missing.map(({ id }) => id);
        const found = readDocuments(ctx, ownerId, missingIds);
        for (const { id, of } of missing) of.view = found.then((views) => views.get(id));
      }
      const views = await Promise.all(
        shared.map(async ({ id, of }) => [id, await of.view] as const),
      );
      return new Map(views.flatMap(([id, view]) => (view ? [[id, view]] : [])));
    },
    changed: (documentId) => void readings.delete(documentId),
  };
}

async function readDetail(ctx: SystemContext & { ownerId: string }, documentId: string) {
  try {
    const document = await getDocument({ ctx, input: { documentId } });
    return { document, running: await runningPages(ctx, documentId) };
  } catch (error) {
    if (error instanceof FanfoldError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

async function readDocuments(
  ctx: SystemContext,
  ownerId: string,
  ids: string[],
): Promise<Map<string, DocumentView>> {
  const rows = await ctx.db
    .select()
    .from(documents)
    .where(and(inArray(documents.id, ids), eq(documents.ownerId, ownerId)));
  return new Map(rows.map((row) => [row.id, documentView(row)]));
}
