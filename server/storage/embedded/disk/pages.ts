import { S3Error } from '../errors.ts';
import type { Bucket } from './buckets.ts';
import { concurrently } from './concurrently.ts';
import { walkKeys } from './listing.ts';
import { describeObject, type ObjectDescription } from './objects.ts';

export interface PageRequest {
  prefix: string;
  delimiter: string;
  /** Only keys and common prefixes after this one. */
  after: string;
  limit: number;
}

export interface ObjectPage {
  objects: ObjectDescription[];
  commonPrefixes: string[];
  /** The last key or common prefix of this page, where more follow. */
  next?: string;
}

/** One page of a listing, in the order of the keys' bytes. */
export async function listPage(bucket: Bucket, request: PageRequest): Promise<ObjectPage> {
  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  let last = request.after;
  let more = false;
  for await (const { name, common } of walkGroups(bucket.objects, request)) {
    if (keys.length + commonPrefixes.length === request.limit) {
      more = request.limit > 0;
      break;
    }
    (common ? commonPrefixes : keys).push(name);
    last = name;
  }
  const objects = await concurrently(keys, (key) => describeListed(bucket, key));
  return { objects, commonPrefixes, ...(more && { next: last }) };
}

/** Keys, and each common prefix once in place of the keys that share it. */
async function* walkGroups(root: string, { prefix, delimiter, after }: PageRequest) {
  let from: Buffer =
    delimiter && after.endsWith(delimiter) ? pastPrefix(after) : Buffer.from(after);
  for (let found = true; found; ) {
    found = false;
    for await (const key of walkKeys(root, prefix, from)) {
      const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
      if (end < 0) {
        yield { name: key, common: false };
        continue;
      }
      const name = key.slice(0, end + delimiter.length);
      yield { name, common: true };
      from = pastPrefix(name);
      found = true;
      break;
    }
  }
}

/** After every key that starts so: 0xFF is in no UTF-8 text. */
function pastPrefix(prefix: string): Buffer {
  return Buffer.concat([Buffer.from(prefix), Buffer.from([0xff])]);
}

/** Undefined where the object was deleted since its key was listed. */
async function describeListed(bucket: Bucket, key: string): Promise<ObjectDescription | undefined> {
  try {
    return await describeObject(bucket, key);
  } catch (error) {
    if (error instanceof S3Error && error.code === 'NoSuchKey') return undefined;
    throw error;
  }
}
