import { S3Error } from '../errors.ts';
import {
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  checksumField,
  type DigestName,
  isChecksumAlgorithm,
  type Received,
} from './digests.ts';

/** Checksums in Base64 by algorithm. */
export type Checksums = Partial<Record<ChecksumAlgorithm, string>>;

type Fields = Readonly<Record<string, string>>;

const LENGTHS: Record<DigestName, number> = { MD5: 16, CRC32: 4, SHA1: 20, SHA256: 32 };

/** The checksum that a request, a form or a trailer declares. At most one, as in S3. */
export function declaredChecksums(fields: Fields): Checksums {
  const named = Object.keys(fields).filter(
    (name) => name.startsWith('x-amz-checksum-') && !/-(algorithm|type|mode)$/.test(name),
  );
  const unknown = named.find(
    (name) => !CHECKSUM_ALGORITHMS.some((known) => checksumField(known) === name),
  );
  if (unknown) throw new S3Error('NotImplemented', `${unknown} cannot be verified here.`);
  if (named.length > 1) {
    throw new S3Error('InvalidRequest', 'Expecting a single x-amz-checksum- header.');
  }
  const checksums: Checksums = {};
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const value = fields[checksumField(algorithm)];
    if (value === undefined) continue;
    if (!isBase64(value, LENGTHS[algorithm])) {
      throw new S3Error(
        'InvalidRequest',
        `Value for ${checksumField(algorithm)} header is invalid.`,
      );
    }
    checksums[algorithm] = value;
  }
  return checksums;
}

/** The algorithm of a checksum that will follow in a trailer, as `x-amz-trailer` announces it. */
export function announcedAlgorithm(trailer: string | undefined): ChecksumAlgorithm | undefined {
  if (trailer === undefined) return undefined;
  const algorithm = trailer
    .trim()
    .toLowerCase()
    .replace(/^x-amz-checksum-/, '')
    .toUpperCase();
  if (isChecksumAlgorithm(algorithm)) return algorithm;
  throw new S3Error('NotImplemented', `The trailer ${trailer} cannot be verified here.`);
}

export function contentMd5(fields: Fields): string | undefined {
  const value = fields['content-md5'];
  if (value === undefined || isBase64(value, LENGTHS.MD5)) return value;
  throw new S3Error('InvalidDigest', 'The Content-MD5 you specified is not valid.');
}

/** Throws `BadDigest` where a digest is not the one that was declared. */
export function expectDigest(received: Received, name: DigestName, declared: string): void {
  if (received.digests[name]?.toString('base64') === declared) return;
  throw new S3Error('BadDigest', `The ${name} you specified did not match what we received.`);
}

function isBase64(text: string, length: number): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === length && bytes.toString('base64') === text;
}
