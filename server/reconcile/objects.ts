import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { ObjectStorage } from '../storage/client.ts';
import { translateStorageErrors } from '../storage/errors.ts';
import { DOCUMENTS_PREFIX } from '../storage/keys.ts';

export interface FoundObject {
  key: string;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
}

/** Objects by the id of their document; in the order of ids. */
export type ObjectsByDocument = Map<string, FoundObject[]>;

/** Objects that are listed in one go, unless one document has more. */
const ENOUGH = 5_000;

/**
 * The objects of the next documents after the one with the id `after`, of each all of them. `end`
 * where there are no more. S3 lists in the order of bytes, which is that of uuids in Postgres.
 */
export function listDocumentObjects(
  storage: ObjectStorage,
  after: string | null,
): Promise<{ objects: ObjectsByDocument; end: boolean }> {
  return translateStorageErrors(async () => {
    const objects: ObjectsByDocument = new Map();
    // The character after "/" is "0": everything under the prefix sorts before it.
    let StartAfter = after ? `${DOCUMENTS_PREFIX}${after}0` : undefined;
    for (let count = 0; ; ) {
      const page = await storage.client.send(
        new ListObjectsV2Command({
          Bucket: storage.bucket,
          Prefix: DOCUMENTS_PREFIX,
          ...(StartAfter && { StartAfter }),
        }),
      );
      for (const { Key = '', LastModified } of page.Contents ?? []) {
        const id = Key.slice(DOCUMENTS_PREFIX.length).split('/', 1)[0] ?? '';
        const found = { key: Key, modifiedAt: LastModified?.getTime() ?? 0 };
        const known = objects.get(id);
        if (known) known.push(found);
        else objects.set(id, [found]);
        StartAfter = Key;
        count += 1;
      }
      if (!page.IsTruncated) return { objects, end: true };
      // The last document may not be listed whole.
      const last = [...objects.keys()].at(-1) ?? '';
      if (count >= ENOUGH && [...objects.keys()].some((id) => id !== last && isUuid(id))) {
        objects.delete(last);
        return { objects, end: false };
      }
    }
  });
}

/** What lies beside the documents has no such name. */
export function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
}

/** Most objects of one request. */
const BATCH = 1_000;

export function deleteObjects(storage: ObjectStorage, keys: string[]): Promise<void> {
  return translateStorageErrors(async () => {
    for (let start = 0; start < keys.length; start += BATCH) {
      const Objects = keys.slice(start, start + BATCH).map((Key) => ({ Key }));
      const Delete = { Objects, Quiet: true };
      await storage.client.send(new DeleteObjectsCommand({ Bucket: storage.bucket, Delete }));
    }
  });
}
