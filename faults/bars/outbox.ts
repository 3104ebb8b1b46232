import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import getPort from 'get-port';
import { removeDocument } from '#server/documents/remove.ts';
import { clientOf } from '../harness/api.ts';
import { atMost, type Bar, exactly, type World } from '../harness/bar.ts';
import { kill } from '../harness/installation.ts';
import { textLoad, upload } from '../harness/load.ts';

/** Documents that are finalized at once when the web process is killed. */
const AT_ONCE = 10;

export const killedWeb: Bar = {
  id: 'R12',
  title: 'the web process killed around the commit of a finalize',
  async run(world) {
    const { ctx, env, long } = world;
    const load = await textLoad(1);
    const rounds = long ? 20 : 3;
    const port = String(await getPort({ host: '127.0.0.1' }));
    let slowest = 0;
    const all: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const ids = await Promise.all(Array.from({ length: AT_ONCE }, () => upload(ctx, load.bytes)));
      all.push(...ids);
      const web = await world.startWeb({ PORT: port });
      await clientOf(web, env).documents.list.query({});
      const first = ids.map((documentId) =>
        clientOf(web, env)
          .documents.finalize.mutate({ documentId })
          .catch(() => undefined),
      );
      await sleep(Math.random() * 60);
      kill(web.pid, 'SIGKILL');
      await Promise.all([web.exited, ...first]);
      const again = await world.startWeb({ PORT: port });
      const startedAt = Date.now();
      const client = clientOf(again, env);
      await Promise.all(ids.map((documentId) => client.documents.finalize.mutate({ documentId })));
      slowest = Math.max(slowest, (Date.now() - startedAt) / 1000);
      kill(again.pid, 'SIGKILL');
      await again.exited;
    }
    const { one, orphans } = await countInspections(world, all);
    for (const documentId of all) await removeDocument({ ctx, input: { documentId } });
    return [
      exactly(
        'documents with exactly one job',
        `${one} of ${all.length}`,
        `${all.length} of ${all.length}`,
      ),
      exactly('jobs of no document', orphans, 0),
      atMost('the job is there after the restart within', slowest, 10, ' s'),
    ];
  },
};

async function countInspections({ ctx }: World, ids: string[]) {
  const { rows } = await ctx.db.execute<{ one: number; orphans: number }>(sql`
    with jobs as (
      select (data->>'documentId')::uuid as id, count(*) as count,
        bool_or(state in ('created', 'retry', 'active')) as waiting
      from pgboss.job where name = 'document.inspect' group by 1)
    select (select count(*) from jobs where count = 1 and id in ${ids})::int as one,
      (select count(*) from jobs where waiting and id not in (select id from documents))::int as orphans`);
  return rows[0] ?? { one: 0, orphans: 0 };
}

export const doubleFinalize: Bar = {
  id: 'R13',
  title: 'one upload finalized a hundred times, from two sessions',
  async run(world) {
    const { ctx, env } = world;
    const load = await textLoad(1);
    const documentId = await upload(ctx, load.bytes);
    const webs = await Promise.all([world.startWeb(), world.startWeb()]);
    const clients = webs.map((web) => clientOf(web, env));
    const finalize = async (index: number) => {
      const view = await clients[index % 2]?.documents.finalize.mutate({ documentId });
      return `${view?.id} ${view?.status} ${view?.seq}`;
    };
    const indices = Array.from({ length: 50 }, (_, index) => index);
    const answers = await Promise.all(indices.map(finalize));
    for (const index of indices) answers.push(await finalize(index));
    const { one } = await countInspections(world, [documentId]);
    for (const web of webs) kill(web.pid, 'SIGTERM');
    await removeDocument({ ctx, input: { documentId } });
    return [
      exactly('answers', answers.length, 100),
      exactly('different answers', new Set(answers).size, 1),
      exactly('jobs', one, 1),
    ];
  },
};
