import { openPayload, type Payload } from '../body/payload.ts';
import { findBucket } from '../disk/buckets.ts';
import { type ObjectSource, storeObject } from '../disk/objects.ts';
import type { Reply, SignedCall } from '../http/call.ts';
import { checksumHeaders, quote, readAttributes, readExclusive } from './attributes.ts';

export async function putObject(call: SignedCall): Promise<Reply> {
  const { identity, request, store, signer } = call;
  const bucket = await findBucket(store, request.bucket);
  const attributes = readAttributes(identity.fields);
  const exclusive = readExclusive(identity.fields);
  const source = sourceOf(openPayload(identity, call.body, signer));
  const stored = await storeObject(bucket, request.key, attributes, source, exclusive);
  return {
    status: 200,
    headers: {
      ETag: quote(stored.etag),
      ...checksumHeaders(stored.checksums, stored.checksumType),
    },
  };
}

/** A payload as the source of a whole object. */
export function sourceOf(payload: Payload): ObjectSource {
  return {
    chunks: payload.chunks,
    digests: payload.digests,
    describe: (received) => ({
      checksums: payload.verify(received),
      checksumType: 'FULL_OBJECT',
      etag: received.digests.MD5?.toString('hex') ?? '',
    }),
  };
}
