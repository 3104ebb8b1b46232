import { setTimeout as sleep } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import getPort from 'get-port';
import pRetry from 'p-retry';
import { uploadDocument } from '#client/upload.ts';
import { pages } from '#db/schema/index.ts';
import { createRandom, type Random } from '#fixtures/accuracy/random.ts';
import { clientOf } from '../harness/api.ts';
import { atLeast, type Bar, exactly, holds, type World } from '../harness/bar.ts';
import { startCrew } from '../harness/crew.ts';
import { FAULTS, type Victims } from '../harness/faults.ts';
import { checkInvariants, watchProgress } from '../harness/invariants.ts';
import { type Load, scanLoad, textLoad, untilEnded } from '../harness/load.ts';
import { followLive } from '../harness/viewer.ts';

/** Clients that upload one document after the other. */
const CLIENTS = 2;
/** Seconds between two faults, at most. */
const PAUSE = 6;
/** Milliseconds in which a document ends once nothing breaks any more. */
const PATIENCE = 240_000;

export const randomFaults: Bar = {
  id: 'X1',
  title: 'faults of every kind at random moments',
  longOnly: true,
  async run(world) {
    const { ctx, long, log } = world;
    const seed = world.seed ?? Math.floor(Math.random() * 2 ** 31);
    log(`--seed ${seed}`);
    const until = Date.now() + (world.minutes ?? (long ? 5 : 0.5)) * 60_000;
    const victims = await startVictims(world, createRandom(seed));
    const documents: Sent[] = [];
    const uploading = sendDocuments(victims, documents, until);
    const faults = await makeFaults(victims, until, log);
    await calm(world);
    await uploading;
    const wrong: string[] = [];
    const ends: string[] = [];
    for (const { documentId, load, stopWatching } of documents) {
      const row = await untilEnded(ctx, documentId, PATIENCE).catch((error) => {
        wrong.push(`${documentId} ${error.message}`);
      });
      wrong.push(...(await stopWatching()));
      if (!row) continue;
      ends.push(row.status);
      const failed = await failedPages(world, documentId);
      wrong.push(...(await checkInvariants(ctx, documentId, load, { failed })));
    }
    await victims.crew.dismiss();
    log(
      `${faults} faults; ${JSON.stringify(
        Object.groupBy(ends, (end) => end),
        lengths,
      )}`,
    );
    return [
      atLeast('faults', faults, 3),
      atLeast('documents', documents.length, 2),
      exactly('documents that ended', ends.length, documents.length),
      holds(wrong),
    ];
  },
};

const lengths = (_: string, value: unknown) => (Array.isArray(value) ? value.length : value);

async function startVictims(world: World, random: Random): Promise<Victims> {
  const port = String(await getPort({ host: '127.0.0.1' }));
  const store = { S3_PUBLIC_ENDPOINT: world.env.S3_ENDPOINT as string };
  const start = () => world.startWeb({ PORT: port, ...store });
  let web = await start();
  const crew = await startCrew(world, 2);
  const restartWeb = async () => {
    await web.exited;
    web = await start();
  };
  return { world, crew, random, web: () => web, restartWeb };
}

/** Makes faults until that time, some of them at once; resolves to how many when all are over. */
async function makeFaults(victims: Victims, until: number, log: World['log']): Promise<number> {
  const kinds = Object.entries(FAULTS);
  const running: Promise<void>[] = [];
  while (Date.now() < until) {
    await sleep(victims.random.next() * PAUSE * 1000);
    const [name, fault] = victims.random.pick(kinds);
    log(name);
    running.push(fault(victims));
  }
  await Promise.all(running);
  return running.length;
}

/** Waits until Postgres has got over the last fault, so that the judge can ask it. */
async function calm({ ctx }: World): Promise<void> {
  await sleep(5_000);
  await pRetry(() => ctx.db.execute(sql`select 1`), { retries: 30, maxTimeout: 1_000 });
}

interface Sent {
  documentId: string;
  load: Load;
  stopWatching: () => Promise<string[]>;
}

/** Uploads scans and texts with the real client, which has to get over whatever is away. */
async function sendDocuments({ world, web }: Victims, sent: Sent[], until: number): Promise<void> {
  const loads = [await scanLoad(4), await textLoad(12), await scanLoad(1)];
  let count = 0;
  const sendOn = async () => {
    while (Date.now() < until) {
      const load = loads[count++ % loads.length] as Load;
      const bytes = new Uint8Array(load.bytes);
      const source = new File([bytes], `load ${count}.pdf`, { type: 'application/pdf' });
      const client = clientOf(web(), world.env);
      const { id: documentId } = await uploadDocument(client, source, { force: true });
      const watchers = [
        watchProgress(world.ctx, documentId),
        followLive({ ctx: world.ctx, url: () => web().url }, documentId),
      ];
      const stopWatching = async () => (await Promise.all(watchers.map((stop) => stop()))).flat();
      sent.push({ documentId, load, stopWatching });
      await untilEnded(world.ctx, documentId, PATIENCE).catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, sendOn));
}

/** Pages that failed with a reason, as one does whose process was killed three times. */
async function failedPages({ ctx }: World, documentId: string): Promise<number[]> {
  const rows = await ctx.db.select().from(pages).where(eq(pages.documentId, documentId));
  return rows
    .filter(({ status, errorCode }) => status === 'failed' && errorCode !== null)
    .map(({ number }) => number);
}
