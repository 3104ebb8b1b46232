import { z } from 'zod';
import { findBucket } from '../disk/buckets.ts';
import { removeObject } from '../disk/objects.ts';
import { S3Error } from '../errors.ts';
import { type Reply, readSmallBody, type SignedCall, xmlReply } from '../http/call.ts';
import { checkKey } from '../http/request.ts';
import { element, malformedXml, parseXml, xmlDocument } from '../http/xml.ts';

const MAX_BODY_BYTES = 2 * 1024 ** 2;

/** A version or a condition is refused rather than passed over. */
const objectSchema = z.object({
  Key: z.string().min(1),
  VersionId: z.undefined().optional(),
  ETag: z.undefined().optional(),
});

const documentSchema = z.object({
  Delete: z.object({
    Object: z.array(objectSchema).min(1).max(1000),
    Quiet: z.enum(['true', 'false']).default('false'),
  }),
});

export async function deleteObject({ request, store }: SignedCall): Promise<Reply> {
  if (request.headers['if-match'] !== undefined) {
    throw new S3Error('NotImplemented', 'If-Match is not known when deleting.');
  }
  await removeObject(await findBucket(store, request.bucket), request.key);
  return { status: 204 };
}

export async function deleteObjects(call: SignedCall): Promise<Reply> {
  const bucket = await findBucket(call.store, call.request.bucket);
  const body = parseXml(await readSmallBody(call, MAX_BODY_BYTES), ['Object']);
  const parsed = documentSchema.safeParse(body);
  if (!parsed.success) throw malformedXml(parsed.error);
  const { Object: objects, Quiet } = parsed.data.Delete;
  for (const { Key } of objects) await removeObject(bucket, checkKey(Key));
  const deleted = Quiet === 'true' ? [] : objects;
  return xmlReply(
    xmlDocument(
      'DeleteResult',
      deleted.map(({ Key }) => element('Deleted', element('Key', Key))),
    ),
  );
}
