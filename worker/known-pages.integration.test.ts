import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { attempts } from '#db/schema/index.ts';
import { buildPdf, type PageSpec } from '#fixtures/pdf.ts';
import { finalizeDocument } from '#server/documents/finalize.ts';
import { removeDocument } from '#server/documents/remove.ts';
import { uploadFile } from '#server/testing/harness.ts';
import { PATIENCE, workerTests } from './testing/worker-tests.ts';

const worker = workerTests();
beforeEach(() => worker.fleet.start());

const ANEW = ['prepare', 'preview', 'recognize'];
const KNOWN = ['prepare', 'preview', 'recall'];

/** Reads a file that is like no other, and answers its last page and the steps by which it was read. */
async function read(specs: PageSpec[], { ctx = worker.ctx, force = false } = {}) {
  const bytes = Buffer.concat([await buildPdf(specs), Buffer.from(`\n%${randomUUID()}\n`)]);
  const documentId = await uploadFile(ctx, bytes, { force });
  await finalizeDocument({ ctx, input: { documentId } });
  expect((await worker.untilEnded(documentId)).status).toBe('completed');
  const page = (await worker.pagesOf(documentId)).at(-1);
  if (!page) throw new Error('no page');
  const [attempt] = await ctx.db
    .select()
    .from(attempts)
    .where(eq(attempts.pageId, page.id))
    .orderBy(asc(attempts.number));
  return { documentId, page, steps: Object.keys(attempt?.timings ?? {}).toSorted() };
}

test(
  'a page that was read before is known in another file, and stays when the first is deleted',
  async () => {
    const text = 'The harbour lies in the fog';
    const first = await read([{ kind: 'scan', text }]);
    const second = await read([{ kind: 'blank' }, { kind: 'scan', text }]);
    expect([first.steps, second.steps]).toEqual([ANEW, KNOWN]);
    const { confidence, fingerprint } = first.page;
    expect(second.page).toMatchObject({ text, confidence, fingerprint, number: 2 });
    const { documentId } = first;
    await removeDocument({ ctx: worker.ctx, input: { documentId } });
    await worker.ctx.storage.remove([first.page.layoutKey as string]);
    expect(await worker.outputOf(second.documentId, 'json')).toContain('harbour');
    expect((await read([{ kind: 'scan', text }])).steps).toEqual(KNOWN);
  },
  PATIENCE,
);

test(
  'a page is read anew by force, for another owner, and where its layout is gone',
  async () => {
    const specs: PageSpec[] = [{ kind: 'scan', text: 'The lantern burns all night' }];
    const { page } = await read(specs);
    expect((await read(specs, { ctx: await worker.otherOwner() })).steps).toEqual(ANEW);
    await worker.ctx.storage.remove([page.layoutKey as string]);
    const again = await read(specs);
    expect(again.steps).toEqual(ANEW);
    expect(again.page.text).toBe('The lantern burns all night');
    expect((await read(specs, { force: true })).steps).toEqual(ANEW);
  },
  PATIENCE,
);
