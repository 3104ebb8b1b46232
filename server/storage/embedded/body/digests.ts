import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The checksum algorithms of S3 that the store can verify. */
export const CHECKSUM_ALGORITHMS = ['CRC32', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];
export type DigestName = ChecksumAlgorithm | 'MD5';

/** What arrived: its size in bytes and the digests that were asked for. */
export interface Received {
  size: number;
  digests: Partial<Record<DigestName, Buffer>>;
}

export function isChecksumAlgorithm(name: string): name is ChecksumAlgorithm {
  return (CHECKSUM_ALGORITHMS as readonly string[]).includes(name);
}

/** The header and form field of an algorithm: `x-amz-checksum-sha256`. */
export function checksumField(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** Counts and digests bytes as they pass. */
export class Meter {
  #size = 0;
  #hashes: [DigestName, { update(data: Buffer): unknown; digest(): Buffer }][];

  constructor(names: Iterable<DigestName>) {
    this.#hashes = [...new Set(names)].map((name) => [
      name,
      name === 'CRC32' ? new Crc32() : createHash(name.toLowerCase()),
    ]);
  }

  update(chunk: Buffer): void {
    this.#size += chunk.length;
    for (const [, hash] of this.#hashes) hash.update(chunk);
  }

  finish(): Received {
    return {
      size: this.#size,
      digests: Object.fromEntries(this.#hashes.map(([name, hash]) => [name, hash.digest()])),
    };
  }
}

export function digestOf(name: DigestName, data: Buffer): Buffer {
  const meter = new Meter([name]);
  meter.update(data);
  return meter.finish().digests[name] ?? Buffer.alloc(0);
}

class Crc32 {
  #value = 0;

  update(data: Buffer): void {
    this.#value = crc32(data, this.#value);
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.#value);
    return bytes;
  }
}
