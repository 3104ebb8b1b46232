import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import pidusage from 'pidusage';
import { max } from 'simple-statistics';
import { pages } from '#db/schema/index.ts';
import { updateDocument } from '#server/documents/update.ts';
import { processingDocument, uploadFile } from '#server/testing/harness.ts';
import { atLeast, atMost, type Bar, exactly, type World } from '../harness/bar.ts';
import { streamUrl } from './crowd.ts';
import { startServer } from './server.ts';
import { openStream, type Stream } from './stream.ts';

/** Enough for several megabytes of views, which the kernel's buffers do not hold. */
const PAGES = 10_000;
const READERS = 20;
/** Seconds after which each has to be let go: 20 of patience, and those in which the buffers fill. */
const LET_GO = 35;
/** How often all of it changes, so that there is always more to send. */
const TOUCHES = 4;

export const slowReader: Bar = {
  id: 'L6',
  title: 'readers that stop reading',
  longOnly: true,
  async run(world) {
    const { ctx, env } = world;
    const web = await startServer(world);
    const { documentId } = await processingDocument(ctx, PAGES);
    const other = await uploadFile(ctx);
    const witness = openStream(streamUrl(web, other), env.FANFOLD_LOCAL_KEY);
    await witness.until(({ documentSeq }) => documentSeq > 0);
    const reader = () => stopReading(streamUrl(web, documentId), env.FANFOLD_LOCAL_KEY);
    // What it takes to show all of it to readers that read is not counted.
    const quick = Array.from({ length: READERS }, reader);
    for (const one of quick) one.look();
    for (let touches = 0; touches < TOUCHES; touches += 1) {
      await touch(world, documentId);
      await sleep(1_000);
    }
    for (const one of quick) one.close();
    await sleep(2_000);
    const before = (await pidusage(web.pid)).memory;
    const readers = Array.from({ length: READERS }, reader);
    const lags: number[] = [];
    let peak = before;
    const startedAt = Date.now();
    while (Date.now() - startedAt < LET_GO * 1_000) {
      if (lags.length < TOUCHES) await touch(world, documentId);
      lags.push(await lagOf(world, witness, other));
      peak = Math.max(peak, (await pidusage(web.pid)).memory);
      await sleep(500);
    }
    for (const reader of readers) reader.look();
    await sleep(2_000);
    const ended = readers.filter((reader) => reader.ended()).length;
    for (const reader of readers) reader.close();
    witness.close();
    await web.end();
    return [
      atMost('memory for each of them', (peak - before) / 1024 ** 2 / READERS, 1, ' MiB'),
      exactly(`of them let go within ${LET_GO} s`, ended, READERS),
      atLeast('changes that another reader was shown', lags.length, 5),
      atMost('of which it knew after, at worst', max(lags), 2, ' s'),
    ];
  },
};

/** Asks for a stream and does not read the answer; `look` begins to. */
function stopReading(url: string, key: string) {
  const { hostname, port, pathname, search } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  let ended = false;
  socket.pause();
  socket.on('error', () => {
    ended = true;
  });
  socket.on('close', () => {
    ended = true;
  });
  socket.write(
    `GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${key}\r\n\r\n`,
  );
  return { ended: () => ended, look: () => socket.resume(), close: () => socket.destroy() };
}

async function touch({ ctx }: World, documentId: string): Promise<void> {
  const { seq } = await updateDocument({ ctx, input: { documentId, title: 'All of it' } });
  await ctx.db.update(pages).set({ seq }).where(eq(pages.documentId, documentId));
}

async function lagOf({ ctx }: World, witness: Stream, documentId: string): Promise<number> {
  const { seq } = await updateDocument({ ctx, input: { documentId, title: 'Another' } });
  const changedAt = Date.now();
  await witness.until(({ documentSeq }) => documentSeq >= seq, 30_000);
  return (Date.now() - changedAt) / 1_000;
}
