import type { SystemContext } from '../context.ts';
import { FanfoldError } from '../errors.ts';
import { claimPage } from '../pages/claim.ts';
import { completePage, type HeldPage } from '../pages/complete.ts';
import { failPage } from '../pages/fail.ts';
import type { processingDocument } from './harness.ts';
import { layoutOf } from './harness.ts';

type Processing = Awaited<ReturnType<typeof processingDocument>>;

/** Takes up a page (from 1) of a document as a worker does; undefined where it is not to be had. */
export async function claim(
  ctx: SystemContext,
  { run, pages: rows }: Processing,
  number: number,
  runNumber = run.run,
): Promise<HeldPage | undefined> {
  const row = rows[number - 1];
  if (!row) throw new Error('no such page');
  const held = { documentId: run.documentId, pageId: row.id, page: number };
  const claimed = await claimPage({
    ctx,
    input: { ...run, ...held, run: runNumber, worker: 'test' },
  });
  return claimed && { ...held, token: claimed.token };
}

/** Takes up a page that is to be had. */
export async function hold(...asked: Parameters<typeof claim>): Promise<HeldPage> {
  const held = await claim(...asked);
  if (!held) throw new Error('nothing was claimed');
  return held;
}

export function complete(
  ctx: SystemContext,
  held: HeldPage,
  text = `page ${held.page}`,
): Promise<boolean> {
  const layout = layoutOf(held.page, text);
  return completePage({ ctx, input: { ...held, layout, layoutKey: 'key', timings: { read: 1 } } });
}

export function fail(ctx: SystemContext, held: HeldPage, final: boolean) {
  return failPage({ ctx, input: { ...held, error: new FanfoldError('PAGE_CRASHED'), final } });
}
