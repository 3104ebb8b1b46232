import { Client } from 'pg';
import { removeDocument, removeObjects } from '#server/documents/remove.ts';
import { type Finding as Difference, reconcile } from '#server/reconcile/reconcile.ts';
import { atLeast, type Bar, exactly, holds, type World } from '../harness/bar.ts';
import { checkInvariants, listKeys } from '../harness/invariants.ts';
import { submit, textLoad, untilEnded } from '../harness/load.ts';

export const restoredBackup: Bar = {
  id: 'R27',
  title: 'an older database put back, the object store not',
  longOnly: true,
  async run(world) {
    const { ctx, long } = world;
    const load = await textLoad(2);
    const count = long ? 10 : 3;
    const readSome = async () => {
      const ids = await Promise.all(Array.from({ length: count }, () => submit(ctx, load.bytes)));
      for (const id of ids) await untilEnded(ctx, id);
      return ids;
    };
    await world.startWorker();
    const kept = await readSome();
    const lost = await readSome();
    await world.endWorkers();
    await copyDatabase(world, 'fanfold', 'backup');
    await world.startWorker();
    const later = await readSome();
    await world.endWorkers();
    const wanted = { rows: 0, objects: 0 };
    for (const id of lost) wanted.rows += (await removeWith(world, id)).length;
    for (const id of later) wanted.objects += (await keysOf(world, id)).length;
    await copyDatabase(world, 'backup', 'fanfold');

    // What an earlier fault has left is another bar's.
    const ours = new Set([...lost, ...later]);
    const reported = (await compare(world, false)).filter((one) => ours.has(one.documentId));
    const [strays, missing] = partition(reported);
    await compare(world, true);
    await world.startWorker();
    const rest = (await settle(world, lost)).filter((one) => !lost.includes(one.documentId));
    for (const documentId of lost) await removeDocument({ ctx, input: { documentId } });
    const wrong: string[] = [];
    for (const id of kept) wrong.push(...(await checkInvariants(ctx, id, load)));
    for (const documentId of kept) await removeDocument({ ctx, input: { documentId } });
    return [
      atLeast('objects lost and strays made', wanted.rows + wanted.objects, 10),
      exactly('objects without a row that are reported', strays, wanted.objects),
      exactly('rows without their object that are reported', missing, wanted.rows),
      exactly('differences after they were mended', rest.length, 0),
      holds(wrong),
    ];
  },
};

const keysOf = ({ ctx }: World, documentId: string) => listKeys(ctx, `documents/${documentId}/`);

/** Deletes a document and its objects; resolves to their keys. */
async function removeWith(world: World, documentId: string): Promise<string[]> {
  const { ctx } = world;
  const keys = await keysOf(world, documentId);
  await removeDocument({ ctx, input: { documentId } });
  await removeObjects({ ctx, input: { documentId } });
  return keys;
}

async function compare({ ctx }: World, fix: boolean): Promise<Difference[]> {
  const findings: Difference[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const input = { after: after ?? null, fix, graceMinutes: 0 };
    const step = await reconcile({ ctx, input });
    findings.push(...step.findings);
    after = step.next;
  }
  return findings;
}

function partition(findings: Difference[]): [number, number] {
  const strays = findings.filter(({ kind }) => kind === 'object-without-row').length;
  return [strays, findings.length - strays];
}

/** Waits for what the mending has queued; resolves to the differences that are left. */
async function settle(world: World, ids: string[]): Promise<Difference[]> {
  for (const id of ids) await untilEnded(world.ctx, id);
  return compare(world, false);
}

/** Makes the database `to` a copy of `from`, in place of what it was. */
async function copyDatabase(world: World, from: string, to: string): Promise<void> {
  const url = new URL(world.databaseUrl);
  url.pathname = '/postgres';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(`alter database ${from} with allow_connections false`);
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [from],
    );
    await client.query(`drop database if exists ${to} with (force)`);
    await client.query(`create database ${to} template ${from}`);
    await client.query(`alter database ${from} with allow_connections true`);
  } finally {
    await client.end();
  }
}
