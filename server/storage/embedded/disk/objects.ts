import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { DigestName, Received } from '../body/digests.ts';
import type { Checksums } from '../body/expectations.ts';
import { S3Error, systemCode } from '../errors.ts';
import type { Bucket } from './buckets.ts';
import { keyToPath } from './key-path.ts';
import { preconditionFailed, publish, unpublish } from './publish.ts';
import { describeRecord, type OpenRecord, openRecord, writeRecord } from './record.ts';

/** What a client may say about an object. */
export interface Attributes {
  contentType: string;
  /** Cache-Control, Content-Disposition and the like, by lower-case name. */
  headers: Record<string, string>;
  /** `x-amz-meta-*` without the prefix. */
  user: Record<string, string>;
}

export interface ObjectDescription extends Attributes {
  key: string;
  /** Bytes. */
  size: number;
  /** Without quotes. */
  etag: string;
  modifiedAt: string;
  checksums: Checksums;
  checksumType: 'FULL_OBJECT' | 'COMPOSITE';
  /** The multipart upload that made the object. */
  uploadId?: string;
}

/** The bytes to store and what is told of them once they have arrived. */
export interface ObjectSource {
  chunks: AsyncIterable<Buffer>;
  digests: DigestName[];
  describe(
    received: Received,
  ): Pick<ObjectDescription, 'etag' | 'checksums' | 'checksumType' | 'uploadId'>;
}

/** Stores an object; with `exclusive` only where the key is free, else `PreconditionFailed`. */
export async function storeObject(
  bucket: Bucket,
  key: string,
  attributes: Attributes,
  source: ObjectSource,
  exclusive: boolean,
): Promise<ObjectDescription> {
  const target = objectPath(bucket, key);
  if (exclusive && (await fileExists(target))) throw preconditionFailed();
  const { path, description } = await writeRecord<ObjectDescription>(
    bucket.temp,
    source,
    (received) => ({
      key,
      size: received.size,
      ...attributes,
      modifiedAt: new Date().toISOString(),
      ...source.describe(received),
    }),
  );
  await publish(path, target, bucket.objects, exclusive);
  return description;
}

/** Opens an object for reading; the caller closes its handle. Throws `NoSuchKey`. */
export async function openObject(
  bucket: Bucket,
  key: string,
): Promise<OpenRecord<ObjectDescription>> {
  try {
    return await openRecord<ObjectDescription>(objectPath(bucket, key));
  } catch (cause) {
    throw translateMissing(cause);
  }
}

/** Throws `NoSuchKey`. */
export async function describeObject(bucket: Bucket, key: string): Promise<ObjectDescription> {
  try {
    return await describeRecord<ObjectDescription>(objectPath(bucket, key));
  } catch (cause) {
    throw translateMissing(cause);
  }
}

/** Does nothing where there is no such object. */
export async function removeObject(bucket: Bucket, key: string): Promise<void> {
  await unpublish(objectPath(bucket, key), bucket.objects);
}

function objectPath(bucket: Bucket, key: string): string {
  return join(bucket.objects, ...keyToPath(key));
}

async function fileExists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function translateMissing(cause: unknown): unknown {
  if (!['ENOENT', 'ENAMETOOLONG'].includes(systemCode(cause) ?? '')) return cause;
  return new S3Error('NoSuchKey', 'The specified key does not exist.', { cause });
}
