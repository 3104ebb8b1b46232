import { eq, type SQL, sql } from 'drizzle-orm';
import { attempts, corrections, type DocumentRow, documents, pages } from '#db/schema/index.ts';
import { inTransaction, type SystemContext } from '../context.ts';
import type { Correction } from '../corrections/apply.ts';
import { activeCorrections, pageTextOf } from '../corrections/internal.ts';
import { lockDocument } from '../documents/internal.ts';
import { changePage } from './change.ts';
import { foldIfEnded } from './internal.ts';
import { withLanguages } from './languages.ts';
import type { Layout } from './layout.ts';
import type { Usage } from './usage.ts';

export interface HeldPage {
  documentId: string;
  pageId: string;
  page: number;
  token: string;
}

export interface PageImages {
  imageKey: string;
  thumbnailKey: string;
  /** Pixels. */
  imageWidth: number;
  imageHeight: number;
}

/** Shows a page's picture before it is read. False where the page is no longer the attempt's. */
export async function notePageImages({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: HeldPage & { images: PageImages };
}): Promise<boolean> {
  const { documentId, pageId, token, page, images } = input;
  const changed = await changePage(ctx, {
    ...{ documentId, pageId },
    pageIs: eq(pages.attemptToken, token),
    page: images,
    event: { type: 'page.drawn', data: sql`${JSON.stringify({ page })}::jsonb` },
  });
  return changed !== undefined;
}

interface ReadPage extends HeldPage {
  layout: Layout;
  /** Where it is stored. */
  layoutKey: string;
  usage?: Usage | null;
  /** By which it is known again; null where the same page is to be read anew. */
  fingerprint?: string | null;
  timings: Record<string, number>;
}

/**
 * Ends a page with its layout: the page, the document's counters, the event and, for the last page,
 * the assemble job in one transaction. False where the page is no longer the attempt's; then nothing
 * is written.
 */
export async function completePage({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: ReadPage;
}): Promise<boolean> {
  if (await endPage(ctx, input, [], isOneOfMany(input))) return true;
  return inTransaction(ctx, async (tx) => {
    if (!(await lockDocument(tx, input.documentId))) return false;
    const corrections = await activeCorrections(tx.db, input.pageId);
    const document = await endPage(tx, input, corrections);
    if (document) await foldIfEnded(tx, document);
    return document !== undefined;
  });
}

/** Nothing follows from its end, and nobody has corrected it: nobody can while it is being read. */
function isOneOfMany({ pageId }: HeldPage): SQL {
  const { pagesCompleted, pagesFailed, pagesCanceled, pageCount } = documents;
  return sql`${pagesCompleted} + ${pagesFailed} + ${pagesCanceled} + 1 < ${pageCount}
    and not exists (select from ${corrections} where ${corrections.pageId} = ${pageId})`;
}

async function endPage(
  ctx: SystemContext,
  input: ReadPage,
  active: Correction[],
  documentIs?: SQL,
): Promise<DocumentRow | undefined> {
  const { layout, layoutKey, documentId, pageId, page, token } = input;
  const { source, reason, engine, warnings, confidence } = layout;
  const data = { page, source, confidence };
  const changed = await changePage(ctx, {
    ...{ documentId, pageId, documentIs },
    pageIs: eq(pages.attemptToken, token),
    page: {
      ...pageTextOf(layout, active),
      ...{ status: 'completed', attemptToken: null, progress: 100, finishedAt: sql`now()` },
      ...{ source, reason, engine, warnings, layoutKey },
      ...{ usage: input.usage ?? null, fingerprint: input.fingerprint ?? null },
      ...{ errorCode: null, errorSentence: null },
    },
    document: {
      pagesCompleted: sql`${documents.pagesCompleted} + 1`,
      foundLanguages: withLanguages(layout),
    },
    attempts: [endAttempt(input)],
    event: { type: 'page.completed', data: sql`${JSON.stringify(data)}::jsonb` },
  });
  return changed?.document;
}

function endAttempt({ token, timings }: ReadPage): SQL {
  return sql`
    update ${attempts} set outcome = 'completed', timings = ${JSON.stringify(timings)}::jsonb,
      finished_at = now() from page where ${attempts.id} = ${token}`;
}
