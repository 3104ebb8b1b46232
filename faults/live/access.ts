import { randomUUID } from 'node:crypto';
import { owners } from '#db/schema/index.ts';
import { removeDocument } from '#server/documents/remove.ts';
import { uploadFile } from '#server/testing/harness.ts';
import { atMost, type Bar, exactly } from '../harness/bar.ts';
import { streamUrl } from './crowd.ts';
import { startServer } from './server.ts';
import { openStream } from './stream.ts';

export const lostAccess: Bar = {
  id: 'L7',
  title: 'a viewer who may not see it, or no longer',
  async run(world) {
    const { ctx, env } = world;
    const key = env.FANFOLD_LOCAL_KEY;
    const web = await startServer(world);
    const ownerId = randomUUID();
    await ctx.db.insert(owners).values({ id: ownerId, name: 'another' });
    const theirs = await uploadFile({ ...ctx, ownerId });
    const ours = await uploadFile(ctx);

    const statusOf = async (url: string, key: string) => {
      const stream = openStream(url, key);
      await stream.until(({ status }) => status !== undefined);
      stream.close();
      return stream.shown.status ?? 0;
    };
    const foreign = await statusOf(streamUrl(web, theirs), key);
    const absent = await statusOf(streamUrl(web, randomUUID()), key);
    const wrongKey = await statusOf(streamUrl(web, ours), 'ff_wrong_key');

    const stream = openStream(streamUrl(web, ours), key);
    const list = openStream(streamUrl(web), key);
    await stream.until(({ documentSeq }) => documentSeq > 0);
    const removedAt = Date.now();
    await removeDocument({ ctx, input: { documentId: ours } });
    await stream.until(({ ended }) => ended);
    const closed = (Date.now() - removedAt) / 1_000;

    // A key changes with the process that knows it: until there are accounts, an operator replaces it.
    const stoppedAt = Date.now();
    const stopped = web.end();
    await list.until(({ ended }) => ended, 30_000);
    const cut = (Date.now() - stoppedAt) / 1_000;
    await stopped;
    const next = await startServer(world, { FANFOLD_LOCAL_KEY: 'ff_another_'.padEnd(40, 'y') });
    const revoked = await statusOf(streamUrl(next), key);
    await next.end();
    return [
      exactly("status for another owner's document", foreign, 404),
      exactly('status for a document that never was', absent, 404),
      exactly('status for a wrong key', wrongKey, 401),
      atMost('a deleted document closes its stream after', closed, 10, ' s'),
      atMost('a key that is replaced closes its streams after', cut, 10, ' s'),
      exactly('status for the replaced key', revoked, 401),
    ];
  },
};
