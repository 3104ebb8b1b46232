import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { pages } from '#db/schema/index.ts';
import { claimPage } from '#server/pages/claim.ts';
import { completePage } from '#server/pages/complete.ts';
import { pageView } from '#server/pages/view.ts';
import { layoutOf, processingDocument } from '#server/testing/harness.ts';
import { atLeast, atMost, type Bar, exactly, type World } from '../harness/bar.ts';
import { readDocument } from '../harness/load.ts';
import { streamUrl } from './crowd.ts';
import { startServer } from './server.ts';
import { openStream, type Shown } from './stream.ts';

/** Each is begun and completed: two events. */
const PAGES = 250;

export const missedEvents: Bar = {
  id: 'L2',
  title: 'a viewer comes back after 500 missed events',
  async run(world) {
    const { ctx, env } = world;
    const web = await startServer(world);
    const document = await processingDocument(ctx, PAGES + 1);
    const url = streamUrl(web, document.documentId);
    const first = openStream(url, env.FANFOLD_LOCAL_KEY);
    await first.until(({ documentSeq }) => documentSeq > 0);
    await readPage(world, document, 1);
    await first.until(({ pages }) => pages.get(1)?.status === 'completed');
    first.close();
    const { lastId, documentSeq: before } = first.shown;
    for (let number = 2; number <= PAGES + 1; number += 1) {
      await readPage(world, document, number);
    }
    const missed = (await readDocument(ctx, document.documentId)).seq - before;

    const startedAt = performance.now();
    const second = openStream(url, env.FANFOLD_LOCAL_KEY, lastId);
    await second.until(({ documentSeq }) => documentSeq >= before + missed);
    const seconds = (performance.now() - startedAt) / 1_000;
    await sleep(1_500);
    second.close();
    await web.end();
    return [
      atLeast('events missed', missed, 500),
      atMost('shown is what the database has after', seconds, 2, ' s'),
      exactly(
        'pages shown otherwise',
        await differences(world, document.documentId, first, second),
        0,
      ),
      exactly('pages shown twice', repeats(first.shown, second.shown), 0),
    ];
  },
};

type Document = Awaited<ReturnType<typeof processingDocument>>;

async function readPage({ ctx }: World, document: Document, number: number): Promise<void> {
  const page = document.pages[number - 1];
  if (!page) throw new Error(`no page ${number}`);
  const held = { documentId: document.documentId, pageId: page.id, page: number };
  const claim = await claimPage({ ctx, input: { ...document.run, ...held, worker: 'faults' } });
  if (!claim) throw new Error(`page ${number} was not claimed`);
  const layout = layoutOf(number, `the words of page ${number}`);
  const input = { ...held, token: claim.token, layout, layoutKey: 'key', timings: {} };
  await completePage({ ctx, input });
}

/** Pages that a viewer of both streams sees otherwise than the database has them. */
async function differences(
  { ctx }: World,
  documentId: string,
  ...streams: { shown: Shown }[]
): Promise<number> {
  const rows = await ctx.db
    .select()
    .from(pages)
    .where(and(eq(pages.documentId, documentId), eq(pages.ownerId, ctx.ownerId)));
  const seen = new Map(streams.flatMap(({ shown }) => [...shown.pages]));
  return rows.filter((row) => {
    const { text: _text, ...summary } = row;
    return JSON.stringify(pageView(summary)) !== JSON.stringify(seen.get(row.number));
  }).length;
}

/** Views of a page, by its number and event, that came more than once. */
function repeats(...shown: Shown[]): number {
  const all = shown.flatMap(({ received }) => received);
  return all.length - new Set(all).size;
}
