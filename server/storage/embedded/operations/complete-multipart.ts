import { z } from 'zod';
import { CHECKSUM_ALGORITHMS, checksumField } from '../body/digests.ts';
import type { Checksums } from '../body/expectations.ts';
import { type Bucket, findBucket } from '../disk/buckets.ts';
import { type Completion, completeUpload } from '../disk/complete.ts';
import { describeObject, type ObjectDescription } from '../disk/objects.ts';
import { findUpload } from '../disk/uploads.ts';
import { S3Error } from '../errors.ts';
import { type Reply, readSmallBody, type SignedCall, xmlReply } from '../http/call.ts';
import { element, malformedXml, optional, parseXml, xmlDocument } from '../http/xml.ts';
import { quote, readExclusive } from './attributes.ts';

const MAX_BODY_BYTES = 4 * 1024 ** 2;

const partSchema = z.object({
  PartNumber: z
    .string()
    .trim()
    .regex(/^\d{1,5}$/)
    .transform(Number),
  ETag: z.string().transform((tag) => tag.trim().replace(/^"(.*)"$/, '$1')),
  ChecksumCRC32: z.string().optional(),
  ChecksumSHA1: z.string().optional(),
  ChecksumSHA256: z.string().optional(),
});
const documentSchema = z.object({
  CompleteMultipartUpload: z.object({ Part: z.array(partSchema).min(1).max(10_000) }),
});

/** A client that repeats the call after its answer was lost gets that answer again. */
export async function completeMultipartUpload(call: SignedCall): Promise<Reply> {
  const { request, store } = call;
  const bucket = await findBucket(store, request.bucket);
  const completion = await readCompletion(call);
  const id = request.query.uploadId ?? '';
  const stored = await inTurn(id, () => complete(bucket, request.key, id, completion));
  return xmlReply(
    xmlDocument(
      'CompleteMultipartUploadResult',
      element('Location', `http://${request.headers.host}${request.canonicalPath}`),
      element('Bucket', bucket.name),
      element('Key', stored.key),
      element('ETag', quote(stored.etag)),
      CHECKSUM_ALGORITHMS.map((name) => optional(`Checksum${name}`, stored.checksums[name])),
      Object.keys(stored.checksums).length > 0 && element('ChecksumType', stored.checksumType),
    ),
  );
}

async function complete(
  bucket: Bucket,
  key: string,
  id: string,
  completion: Completion,
): Promise<ObjectDescription> {
  try {
    return await completeUpload(bucket, await findUpload(bucket, id, key), completion);
  } catch (error) {
    if (!(error instanceof S3Error) || error.code !== 'NoSuchUpload') throw error;
    const existing = await describeObject(bucket, key).catch(() => undefined);
    if (existing?.uploadId === id) return existing;
    throw error;
  }
}

async function readCompletion(call: SignedCall): Promise<Completion> {
  const { fields } = call.identity;
  const body = parseXml(await readSmallBody(call, MAX_BODY_BYTES), ['Part']);
  const parsed = documentSchema.safeParse(body);
  if (!parsed.success) throw malformedXml(parsed.error);
  const size = fields['x-amz-mp-object-size'];
  return {
    exclusive: readExclusive(fields),
    checksums: pickChecksums((name) => fields[checksumField(name)]),
    ...(size !== undefined && { size: Number(size) }),
    parts: parsed.data.CompleteMultipartUpload.Part.map((part) => ({
      number: part.PartNumber,
      etag: part.ETag,
      checksums: pickChecksums((name) => part[`Checksum${name}`]),
    })),
  };
}

function pickChecksums(valueFor: (name: keyof Checksums) => string | undefined): Checksums {
  return Object.fromEntries(
    CHECKSUM_ALGORITHMS.flatMap((name) => (valueFor(name) ? [[name, valueFor(name)]] : [])),
  ) as Checksums;
}

const turns = new Map<string, Promise<unknown>>();

/** Runs the work on one upload one after the other. */
async function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(id) ?? Promise.resolve()).then(work, work);
  turns.set(id, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(id) === turn) turns.delete(id);
  }
}
