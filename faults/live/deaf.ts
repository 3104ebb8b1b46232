import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { max } from 'simple-statistics';
import { updateDocument } from '#server/documents/update.ts';
import { uploadFile } from '#server/testing/harness.ts';
import { atLeast, atMost, type Bar, type World } from '../harness/bar.ts';
import { streamUrl } from './crowd.ts';
import { startServer } from './server.ts';
import { openStream } from './stream.ts';

/** Milliseconds between two changes. */
const PAUSE = 3_000;

export const deafListener: Bar = {
  id: 'L5',
  title: 'no notification arrives',
  longOnly: true,
  async run(world) {
    const { ctx, env, wires, long } = world;
    const seconds = long ? 60 : 12;
    const web = await startServer(world);
    const documentId = await uploadFile(ctx);
    const stream = openStream(streamUrl(web, documentId), env.FANFOLD_LOCAL_KEY);
    await stream.until(({ documentSeq }) => documentSeq > 0);
    let cuts = 0;
    wires.database.cutWhen((sent) => {
      if (!sent.includes('fanfold-listen')) return undefined;
      cuts += 1;
      return 'before';
    });
    await hangUp(world);
    const lags: number[] = [];
    const deadline = Date.now() + seconds * 1_000;
    while (Date.now() < deadline) {
      const { seq } = await updateDocument({ ctx, input: { documentId, title: `Title ${cuts}` } });
      const changedAt = Date.now();
      await stream.until(({ documentSeq }) => documentSeq >= seq, 60_000);
      lags.push((Date.now() - changedAt) / 1_000);
      await sleep(PAUSE);
    }
    wires.database.cutWhen(undefined);
    stream.close();
    await web.end();
    return [
      atLeast('connections that would have listened, refused', cuts, 2),
      atLeast('changes', lags.length, 2),
      atMost('a viewer knows after, at worst', max(lags), 10, ' s'),
    ];
  },
};

async function hangUp({ ctx }: World): Promise<void> {
  await ctx.db.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fanfold-listen'`,
  );
}
