import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../context.ts';
import { removeDocument } from '../documents/remove.ts';
import { updateDocument } from '../documents/update.ts';
import { type Harness, startHarness, uploadFile } from '../testing/harness.ts';
import { ANNOUNCE_EVERY, createAnnouncer, forgetAnnouncements } from './announce.ts';
import { CHANGE_CHANNEL } from './change.ts';
import { createLiveHub } from './hub.ts';

let harness: Harness;
let ctx: Harness['ctx'];
let listener: Client;
const heard: { payload: string; at: number }[] = [];

beforeAll(async () => {
  harness = await startHarness();
  ctx = harness.ctx;
  listener = new Client({ connectionString: harness.databaseUrl });
  await listener.connect();
  listener.on('notification', ({ payload = '' }) => heard.push({ payload, at: Date.now() }));
  await listener.query(`listen ${CHANGE_CHANNEL}`);
});
afterAll(async () => {
  await listener.end();
  await harness.close();
});

const heardOf = (documentId: string) => heard.filter(({ payload }) => payload.endsWith(documentId));

test('many processes that change one document announce it at most ten times a second, and once after the last change', async () => {
  const change = { ownerId: ctx.ownerId, documentId: randomUUID() };
  const announcers = Array.from({ length: 5 }, () => createAnnouncer(ctx));
  const startedAt = Date.now();
  while (Date.now() - startedAt < 1_500) {
    for (const announcer of announcers) announcer.note(change);
    await sleep(10);
  }
  const lastNote = Date.now();
  await Promise.all(announcers.map((announcer) => announcer.close()));
  await sleep(50);
  const times = heardOf(change.documentId).map(({ at }) => at);
  const most = (lastNote + 3 * ANNOUNCE_EVERY - startedAt) / ANNOUNCE_EVERY;
  expect(times.length).toBeLessThanOrEqual(Math.ceil(most));
  expect(times.length).toBeGreaterThan(3);
  expect(times.at(-1)).toBeGreaterThanOrEqual(lastNote - 1);
});

test('changes of different documents share a statement', async () => {
  const ids = Array.from({ length: 50 }, () => randomUUID());
  const announcer = createAnnouncer(ctx);
  for (const documentId of ids) announcer.note({ ownerId: ctx.ownerId, documentId });
  await announcer.close();
  await sleep(50);
  for (const documentId of ids) expect(heardOf(documentId)).toHaveLength(1);
});

test('a payload holds ids only, however long the name of the file is', async () => {
  const fileName = `${'ü'.repeat(250)}.pdf`;
  const documentId = await uploadFile(ctx, undefined, { fileName });
  await sleep(50);
  const [first] = heardOf(documentId);
  expect(first?.payload).toBe(`${ctx.ownerId}:${documentId}`);
});

test('a change is announced after its commit, and one that was rolled back is not', async () => {
  const documentId = await uploadFile({ ...ctx, announcer: { note() {} } });
  const input = { documentId, title: 'Another' };
  const broken = inTransaction(ctx, async (tx) => {
    await updateDocument({ ctx: tx, input });
    throw new Error('rolled back');
  });
  await expect(broken).rejects.toThrow('rolled back');
  await sleep(2 * ANNOUNCE_EVERY);
  expect(heardOf(documentId)).toEqual([]);
  await updateDocument({ ctx, input });
  await sleep(2 * ANNOUNCE_EVERY);
  expect(heardOf(documentId)).toHaveLength(1);
});

test('watchers hear of what nobody announced: a change and a deletion', async () => {
  const mute = { ...ctx, announcer: { note() {} } };
  const hub = createLiveHub({ url: harness.databaseUrl, ctx });
  const changed = await uploadFile(mute);
  const removed = await uploadFile(mute);
  const woken = new Set<string>();
  hub.subscribe({ ownerId: ctx.ownerId, wake: (documentId) => woken.add(documentId) });
  await updateDocument({ ctx: mute, input: { documentId: changed, title: 'Unheard' } });
  await removeDocument({ ctx: mute, input: { documentId: removed } });
  for (let tries = 0; tries < 100 && woken.size < 2; tries += 1) await sleep(100);
  expect([...woken]).toEqual(expect.arrayContaining([changed, removed]));
  expect(heardOf(changed)).toEqual([]);
  await hub.close();
});

test('forgets announcements that say nothing any more', async () => {
  const documentId = randomUUID();
  const announcer = createAnnouncer(ctx);
  announcer.note({ ownerId: ctx.ownerId, documentId });
  await announcer.close();
  await forgetAnnouncements(ctx.db);
  const count = async () => {
    const { rows } = await ctx.db.execute<{ count: number }>(
      sql`select count(*)::int as count from announcements where document_id = ${documentId}`,
    );
    return rows[0]?.count;
  };
  expect(await count()).toBe(1);
  await ctx.db.execute(sql`update announcements set at = at - interval '2 hours'`);
  await forgetAnnouncements(ctx.db);
  expect(await count()).toBe(0);
});
