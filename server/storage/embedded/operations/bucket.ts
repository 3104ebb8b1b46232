import * as disk from '../disk/buckets.ts';
import { S3Error } from '../errors.ts';
import { type Reply, readSmallBody, type SignedCall } from '../http/call.ts';
import { parseXml } from '../http/xml.ts';

const MAX_BODY_BYTES = 16 * 1024;

/** Creates a bucket; one that exists already is left as it is. */
export async function createBucket(call: SignedCall): Promise<Reply> {
  const body = await readSmallBody(call, MAX_BODY_BYTES);
  if (body.trim() !== '') checkLocation(body, call.signer.region);
  await disk.createBucket(call.store, call.request.bucket);
  return { status: 200, headers: { Location: `/${call.request.bucket}` } };
}

export async function headBucket({ request, store, signer }: SignedCall): Promise<Reply> {
  await disk.findBucket(store, request.bucket);
  return { status: 200, headers: { 'x-amz-bucket-region': signer.region } };
}

function checkLocation(body: string, region: string): void {
  const { CreateBucketConfiguration: settings } = parseXml(body, []);
  const location = (settings as { LocationConstraint?: unknown } | undefined)?.LocationConstraint;
  if (location === undefined || location === region) return;
  throw new S3Error(
    'IllegalLocationConstraintException',
    'The location constraint is not this region.',
  );
}
