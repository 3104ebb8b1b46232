import { digestOf } from '../body/digests.ts';
import type { Checksums } from '../body/expectations.ts';
import { S3Error } from '../errors.ts';
import type { Bucket } from './buckets.ts';
import { type ObjectDescription, storeObject } from './objects.ts';
import { openRecord } from './record.ts';
import { findPart, type Part, partPath, removeUpload, type Upload } from './uploads.ts';

/** A part as the client lists it: etag without quotes. */
export interface ListedPart {
  number: number;
  etag: string;
  checksums: Checksums;
}

export interface Completion {
  parts: ListedPart[];
  exclusive: boolean;
  /** What the client says of the whole. */
  checksums: Checksums;
  size?: number;
}

const MIN_PART_BYTES = 5 * 1024 ** 2;

/**
 * Makes the object of the listed parts and ends the upload.
 * Throws `InvalidPartOrder`, `InvalidPart`, `EntityTooSmall`, `BadDigest` or `PreconditionFailed`.
 */
export async function completeUpload(
  bucket: Bucket,
  upload: Upload,
  completion: Completion,
): Promise<ObjectDescription> {
  const parts = await checkParts(bucket, upload, completion.parts);
  const composite = compositeOf(upload, parts, completion);
  const source = {
    chunks: concatenate(bucket, upload, parts),
    digests: [],
    describe: () => composite,
  };
  const { key, attributes } = upload;
  const description = await storeObject(bucket, key, attributes, source, completion.exclusive);
  await removeUpload(bucket, upload);
  return description;
}

async function checkParts(bucket: Bucket, upload: Upload, listed: ListedPart[]): Promise<Part[]> {
  const parts: Part[] = [];
  for (const [index, claim] of listed.entries()) {
    if (claim.number <= (listed[index - 1]?.number ?? 0)) {
      throw new S3Error('InvalidPartOrder', 'The list of parts was not in ascending order.');
    }
    const part = await findPart(bucket, upload, claim.number);
    if (!part || part.etag !== claim.etag || !sameChecksums(part, claim)) throw invalidPart();
    parts.push(part);
  }
  if (parts.slice(0, -1).some(({ size }) => size < MIN_PART_BYTES)) {
    throw new S3Error(
      'EntityTooSmall',
      'Your proposed upload is smaller than the minimum allowed size.',
    );
  }
  return parts;
}

function sameChecksums(part: Part, claim: ListedPart): boolean {
  const claims = Object.entries(claim.checksums) as [keyof Checksums, string][];
  return claims.every(([algorithm, value]) => part.checksums[algorithm] === value);
}

/** S3's digest of digests: of the parts' MD5s for the etag, of their checksums for the checksum. */
function compositeOf(upload: Upload, parts: Part[], { checksums: claimed, size }: Completion) {
  const count = `-${parts.length}`;
  const total = parts.reduce((sum, part) => sum + part.size, 0);
  if (size !== undefined && size !== total) {
    throw new S3Error(
      'InvalidRequest',
      'The size of the object is not the one that was announced.',
    );
  }
  const md5s = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')));
  const checksums: Checksums = {};
  const { algorithm } = upload;
  if (algorithm) {
    const values = parts.map((part) => Buffer.from(part.checksums[algorithm] ?? '', 'base64'));
    checksums[algorithm] = digestOf(algorithm, Buffer.concat(values)).toString('base64') + count;
  }
  for (const [name, value] of Object.entries(claimed) as [keyof Checksums, string][]) {
    if (checksums[name]?.replace(/-\d+$/, '') !== value.replace(/-\d+$/, '')) {
      throw new S3Error('BadDigest', `The ${name} you specified did not match the parts.`);
    }
  }
  return {
    etag: digestOf('MD5', md5s).toString('hex') + count,
    checksums,
    checksumType: 'COMPOSITE' as const,
    uploadId: upload.id,
  };
}

/** A part that was replaced since it was checked ends this with `InvalidPart`. */
async function* concatenate(bucket: Bucket, upload: Upload, parts: Part[]): AsyncGenerator<Buffer> {
  for (const part of parts) {
    const { handle, description } = await openRecord<Part>(
      partPath(bucket, upload.id, part.number),
    );
    try {
      if (description.etag !== part.etag) throw invalidPart();
      if (part.size === 0) continue;
      yield* handle.createReadStream({
        start: 0,
        end: part.size - 1,
        autoClose: false,
        highWaterMark: 1 << 20,
      });
    } finally {
      await handle.close();
    }
  }
}

function invalidPart(): S3Error {
  return new S3Error(
    'InvalidPart',
    'One or more of the specified parts could not be found or do not match.',
  );
}
