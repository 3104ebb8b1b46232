import { isChecksumAlgorithm } from '../body/digests.ts';
import { openPayload } from '../body/payload.ts';
import { findBucket } from '../disk/buckets.ts';
import { createUpload, findUpload, removeUpload, storePart } from '../disk/uploads.ts';
import { S3Error } from '../errors.ts';
import { type Reply, type SignedCall, xmlReply } from '../http/call.ts';
import { element, xmlDocument } from '../http/xml.ts';
import { checksumHeaders, quote, readAttributes } from './attributes.ts';

export { completeMultipartUpload } from './complete-multipart.ts';

const MAX_PARTS = 10_000;

export async function createMultipartUpload({
  request,
  identity,
  store,
}: SignedCall): Promise<Reply> {
  const bucket = await findBucket(store, request.bucket);
  const algorithm = readAlgorithm(identity.fields);
  const attributes = readAttributes(identity.fields);
  const upload = await createUpload(bucket, { key: request.key, attributes, algorithm });
  const document = xmlDocument(
    'InitiateMultipartUploadResult',
    element('Bucket', bucket.name),
    element('Key', upload.key),
    element('UploadId', upload.id),
  );
  return xmlReply(document, {
    ...(algorithm && { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': 'COMPOSITE' }),
  });
}

export async function uploadPart(call: SignedCall): Promise<Reply> {
  const { request, identity, store, signer } = call;
  if (identity.fields['x-amz-copy-source'] !== undefined) {
    throw new S3Error('NotImplemented', 'UploadPartCopy is not known here.');
  }
  const bucket = await findBucket(store, request.bucket);
  const number = Number(
    /^\d{1,5}$/.test(request.query.partNumber ?? '') ? request.query.partNumber : 0,
  );
  if (number < 1 || number > MAX_PARTS) {
    throw new S3Error(
      'InvalidArgument',
      `Part number must be an integer between 1 and ${MAX_PARTS}.`,
    );
  }
  const upload = await findUpload(bucket, request.query.uploadId ?? '', request.key);
  const payload = openPayload(identity, call.body, signer);
  const part = await storePart(bucket, upload, number, payload);
  return { status: 200, headers: { ETag: quote(part.etag), ...checksumHeaders(part.checksums) } };
}

export async function abortMultipartUpload({ request, store }: SignedCall): Promise<Reply> {
  const bucket = await findBucket(store, request.bucket);
  await removeUpload(bucket, await findUpload(bucket, request.query.uploadId ?? '', request.key));
  return { status: 204 };
}

function readAlgorithm(fields: Readonly<Record<string, string>>) {
  const algorithm = fields['x-amz-checksum-algorithm']?.toUpperCase();
  const type = fields['x-amz-checksum-type']?.toUpperCase() ?? 'COMPOSITE';
  if (type !== 'COMPOSITE' || (algorithm !== undefined && !isChecksumAlgorithm(algorithm))) {
    throw new S3Error('NotImplemented', `A ${type} checksum by ${algorithm} is not known here.`);
  }
  return algorithm;
}
