import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { pages } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { streamUrl } from '../live/crowd.ts';
import { openStream, type Shown } from '../live/stream.ts';
import { readDocument } from './load.ts';

/** Milliseconds after which a browser opens its stream again, and in which a viewer knows the truth at rest. */
const RECONNECT_MS = 1_000;
const CATCH_UP_MS = 40_000;

/**
 * (iii) as a browser is shown it: follows a document over a live stream that is opened again from where it
 * broke off, whatever dies, until it is stopped; then tells what went back, and what it does not know.
 */
export function followLive(
  { ctx, url }: { ctx: Context; url: () => string },
  documentId: string,
): () => Promise<string[]> {
  const key = ctx.env.FANFOLD_LOCAL_KEY;
  const known: Known = { seq: -1, pages: new Map(), lastId: '' };
  const wrong = new Set<string>();
  let [stopping, stream] = [false, openStream(streamUrl({ url: url() }, documentId), key)];
  const following = (async () => {
    while (!stopping) {
      await sleep(100);
      take(known, stream.shown, wrong);
      if (!stream.shown.ended) continue;
      await sleep(RECONNECT_MS);
      stream = openStream(streamUrl({ url: url() }, documentId), key, known.lastId || undefined);
    }
  })();
  return async () => {
    const rows = await ctx.db.select().from(pages).where(eq(pages.documentId, documentId));
    const { seq } = await readDocument(ctx, documentId);
    const knowsAll = () =>
      known.seq >= seq && rows.every((row) => (known.pages.get(row.number) ?? -1) >= row.seq);
    for (const until = Date.now() + CATCH_UP_MS; !knowsAll() && Date.now() < until; ) {
      await sleep(250);
    }
    if (!knowsAll()) wrong.add(`(iii) a viewer was left at ${known.seq} of ${seq}`);
    stopping = true;
    await following;
    stream.close();
    return [...wrong];
  };
}

interface Known {
  seq: number;
  pages: Map<number, number>;
  lastId: string;
}

function take(known: Known, shown: Shown, wrong: Set<string>): void {
  if (shown.gone) wrong.add('(iii) a viewer was told that the document is gone');
  for (const received of shown.received.splice(0)) {
    const [number = 0, seq = 0] = received.split('@').map(Number);
    if (seq < (known.pages.get(number) ?? 0)) wrong.add(`(iii) page ${number} went back`);
    known.pages.set(number, seq);
  }
  if (shown.documentSeq >= 0 && shown.documentSeq < known.seq) {
    wrong.add('(iii) a viewer was shown an older document');
  }
  known.seq = Math.max(known.seq, shown.documentSeq);
  known.lastId = shown.lastId ?? known.lastId;
}
