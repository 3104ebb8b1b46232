import { createHash } from 'node:crypto';
import type { Context } from '#server/context.ts';
import { finishAssembly } from '#server/documents/assemble.ts';
import { OUTPUTS } from '#server/documents/formats.ts';
import { beginInspection, failRun, planPages } from '#server/documents/inspect.ts';
import { FanfoldError } from '#server/errors.ts';
import { claimPage } from '#server/pages/claim.ts';
import { completePage } from '#server/pages/complete.ts';
import { failPage } from '#server/pages/fail.ts';
import { outputKey } from '#server/storage/keys.ts';
import { layoutOf } from '#server/testing/harness.ts';

/** What is to be done with a document, by its file name and whether a password was given. */
export type Verdict = { pages: number; failing?: number[] } | { error: FanfoldError } | 'wait';

/**
 * Brings queued documents to their end with the server's own verbs and made-up text, in place of a
 * worker. Returns what stops it.
 */
export function startReader(
  ctx: Context,
  judge: (document: { fileName: string; unlocked: boolean }) => Verdict,
): () => Promise<void> {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await readQueued(ctx, judge);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return async () => {
    stopping.abort();
    await running;
  };
}

async function readQueued(ctx: Context, judge: Parameters<typeof startReader>[1]): Promise<void> {
  const queued = await ctx.db.query.documents.findMany({
    where: (document, { and, eq, isNull }) =>
      and(eq(document.status, 'queued'), isNull(document.startAt)),
  });
  for (const { id, fileName, run: number, passwordCiphertext } of queued) {
    const verdict = judge({ fileName, unlocked: passwordCiphertext !== null });
    const run = { documentId: id, ownerId: ctx.ownerId, run: number };
    if (verdict === 'wait') continue;
    await beginInspection({ ctx, input: run });
    if ('error' in verdict) await failRun({ ctx, input: { ...run, error: verdict.error } });
    else await readPages(ctx, run, fileName, verdict);
  }
}

type Run = { documentId: string; ownerId: string; run: number };

async function readPages(
  ctx: Context,
  run: Run,
  fileName: string,
  { pages: pageCount, failing = [] }: { pages: number; failing?: number[] },
): Promise<void> {
  await planPages({ ctx, input: { ...run, pageCount, warnings: [] } });
  const rows = await ctx.db.query.pages.findMany({
    where: (row, { eq }) => eq(row.documentId, run.documentId),
    orderBy: (row, { asc }) => asc(row.number),
  });
  for (const { id: pageId, number: page } of rows) {
    const claim = await claimPage({ ctx, input: { ...run, pageId, page, worker: 'test' } });
    const held = { ...run, pageId, page, token: claim?.token ?? '' };
    if (failing.includes(page)) {
      const error = new FanfoldError('RENDER_FAILED');
      await failPage({ ctx, input: { ...held, error, final: true } });
    } else {
      const layout = layoutOf(page, `page ${page} of ${fileName}`);
      await completePage({ ctx, input: { ...held, layout, layoutKey: 'none', timings: {} } });
    }
  }
  await writeOutputs(ctx, run, `text of ${fileName}\n`);
}

async function writeOutputs(ctx: Context, run: Run, text: string): Promise<void> {
  const written = await Promise.all(
    (['txt', 'json'] as const).map(async (format) => {
      const key = outputKey({ id: run.documentId, run: run.run }, { format, variant: '' }, 'test');
      const body = format === 'txt' ? text : JSON.stringify({ text });
      await ctx.storage.put(key, body, OUTPUTS[format].type);
      const sha256 = createHash('sha256').update(body).digest('hex');
      return { format, key, sizeBytes: Buffer.byteLength(body), sha256 };
    }),
  );
  await finishAssembly({ ctx, input: { ...run, written, failed: [], warnings: [] } });
}
