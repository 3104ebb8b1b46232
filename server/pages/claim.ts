import { randomUUID } from 'node:crypto';
import { and, eq, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { attempts, type DocumentRow, documents, pages } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';
import type { JobPayload } from '../jobs/catalog.ts';
import { changePage } from './change.ts';

/** A held page. Writes that carry its token count only while it is the page's own. */
export interface Claim {
  token: string;
  /** From 1. */
  attempt: number;
  document: DocumentRow;
}

/**
 * Takes up a page for one attempt; an attempt that still seemed to run is superseded by it.
 * Undefined where the page has ended, or the document was canceled, deleted or run anew.
 */
export async function claimPage({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: JobPayload<'page.recognize'> & { worker: string };
}): Promise<Claim | undefined> {
  const token = randomUUID();
  const claimed = await changePage(ctx, {
    documentId: input.documentId,
    pageId: input.pageId,
    documentIs: and(eq(documents.status, 'processing'), eq(documents.run, input.run)),
    pageIs: inArray(pages.status, ['pending', 'processing']),
    page: {
      status: 'processing',
      attemptToken: token,
      attempts: sql`${pages.attempts} + 1`,
      progress: 0,
      startedAt: sql`now()`,
    },
    document: { startedAt: sql`coalesce(${documents.startedAt}, now())` },
    event: {
      type: 'page.started',
      data: sql`jsonb_build_object('page', ${input.page}::int, 'attempt', page.attempts)`,
    },
    attempts: [beginAttempt(input, token)],
  });
  if (claimed && claimed.attempts > 1) await supersedeBefore(ctx, input.pageId, claimed.attempts);
  return claimed && { token, attempt: claimed.attempts, document: claimed.document };
}

function beginAttempt(
  { documentId, ownerId, run, worker }: JobPayload<'page.recognize'> & { worker: string },
  token: string,
): SQL {
  return sql`
    insert into ${attempts} (id, page_id, document_id, owner_id, number, run, worker)
    select ${token}::uuid, page.id, ${documentId}::uuid, ${ownerId}::uuid, page.attempts, ${run}::int,
      ${worker} from page`;
}

/** In a statement of its own: one that waited for another claim does not see the attempt that it began. */
async function supersedeBefore(ctx: SystemContext, pageId: string, number: number): Promise<void> {
  await ctx.db
    .update(attempts)
    .set({ outcome: 'superseded', finishedAt: sql`now()` })
    .where(
      and(
        eq(attempts.pageId, pageId),
        eq(attempts.outcome, 'running'),
        lt(attempts.number, number),
      ),
    );
}
