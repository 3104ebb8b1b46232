import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { collidingPdfs } from '#fixtures/sha1-collision.ts';
import { createDocument } from '#server/documents/create.ts';
import { createDocumentSchema } from '#server/documents/schemas.ts';
import { type Bar, exactly, type World } from '../harness/bar.ts';
import { readDocument, submit, textLoad, untilEnded } from '../harness/load.ts';

export const sameFile: Bar = {
  id: 'R14',
  title: 'the same file twice, and two files of one SHA-1',
  async run(world) {
    const { ctx } = world;
    await world.startWorker();
    const { bytes } = await textLoad(1);
    const first = await submit(ctx, bytes, { force: false });
    const whileRead = await announce(world, bytes);
    await untilEnded(ctx, first);
    const afterwards = await announce(world, bytes);
    const forced = await submit(ctx, bytes, { force: true });
    const [one, other] = await collidingPdfs();
    const ids = [
      await submit(ctx, one, { force: false }),
      await submit(ctx, other, { force: false }),
    ];
    const ended = await Promise.all(ids.map((id) => untilEnded(ctx, id)));
    const own = await Promise.all(ids.map((id) => holdsItsOwnBytes(world, id)));
    const digests = [one, other].map((file) => createHash('sha1').update(file).digest('hex'));
    return [
      exactly('sent again while it is read: the same document', whileRead === first, true),
      exactly('sent again later: the same document', afterwards === first, true),
      exactly('forced: a document of its own', forced !== first, true),
      exactly('different SHA-1 of two files that differ', new Set(digests).size, 1),
      exactly('they are documents', new Set(ids).size, 2),
      exactly('that end', ended.map(({ status }) => status).join(' '), 'completed completed'),
      exactly('and hold their own bytes', own.every(Boolean), true),
    ];
  },
};

/** The id of the document that a file is answered with. */
async function announce({ ctx }: World, bytes: Buffer): Promise<string> {
  const input = createDocumentSchema.parse({
    fileName: 'again.pdf',
    contentType: 'application/pdf',
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  return (await createDocument({ ctx, input })).document.id;
}

async function holdsItsOwnBytes({ ctx }: World, documentId: string): Promise<boolean> {
  const { sourceKey, sha256 } = await readDocument(ctx, documentId);
  const stored = await buffer(await ctx.storage.read(sourceKey));
  return createHash('sha256').update(stored).digest('hex') === sha256;
}
