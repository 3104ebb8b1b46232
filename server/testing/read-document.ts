import { createHash } from 'node:crypto';
import type { Context } from '../context.ts';
import { finishAssembly } from '../documents/assemble.ts';
import { claimPage } from '../pages/claim.ts';
import { completePage } from '../pages/complete.ts';
import type { Layout } from '../pages/layout.ts';
import { attemptKey, outputKey } from '../storage/keys.ts';
import { layoutOf, processingDocument } from './harness.ts';

/** Reads a page of a document, its layout stored as by a worker. Resolves to the layout's version. */
async function readPage(
  ctx: Context,
  { run, pages }: Awaited<ReturnType<typeof processingDocument>>,
  layout: Layout,
): Promise<string> {
  const row = pages[layout.page - 1];
  if (!row) throw new Error('no such page');
  const held = { documentId: row.documentId, pageId: row.id, page: row.number };
  const claim = await claimPage({ ctx, input: { ...run, ...held, worker: 'test' } });
  if (!claim) throw new Error('the page cannot be claimed');
  const { token } = claim;
  const layoutKey = attemptKey(held.documentId, held.page, token, 'layout.json');
  await ctx.storage.put(layoutKey, JSON.stringify(layout), 'application/json');
  await completePage({ ctx, input: { ...held, token, layout, layoutKey, timings: {} } });
  return token;
}

/** A document that is done, with one page for each text and the text output of before corrections. */
export async function readDocumentOf(ctx: Context, ...texts: string[]) {
  const processing = await processingDocument(ctx, texts.length);
  const layouts: string[] = [];
  for (const [index, text] of texts.entries()) {
    layouts.push(await readPage(ctx, processing, spreadOut(layoutOf(index + 1, text))));
  }
  const { documentId, run } = processing;
  const name = { format: 'txt' as const, variant: '' as const };
  const key = outputKey({ id: documentId, run: run.run }, name, 'assembly');
  const body = texts.join('\f');
  await ctx.storage.put(key, body, 'text/plain');
  const sha256 = createHash('sha256').update(body).digest('hex');
  const written = [{ ...name, key, sizeBytes: body.length, sha256 }];
  await finishAssembly({ ctx, input: { ...run, written, failed: [], warnings: [] } });
  return { ...processing, layouts };
}

/** Every word at a place of its own, the last one doubtful. */
export function spreadOut(layout: Layout): Layout {
  for (const line of layout.blocks.flatMap(({ lines }) => lines)) {
    for (const [index, word] of line.words.entries()) {
      word.box = [100 + index * 100, 100, 180 + index * 100, 140];
    }
    const last = line.words.at(-1);
    if (last) last.confidence = 42;
  }
  return layout;
}
