import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DocumentRow } from '#db/schema/index.ts';
import { FanfoldError, toFanfoldError } from '#server/errors.ts';
import type { ObjectStorage } from '#server/storage/client.ts';
import { retryStorage } from './storage-retry.ts';
import { makeTemporaryFolder } from './temporary.ts';

type Source = Pick<DocumentRow, 'id' | 'sourceKey' | 'sourceEtag' | 'sha256' | 'sizeBytes'>;

/**
 * Uploaded files on this machine's disk: at most `maxBytes` of those that nobody is using, and none
 * that nobody has used for ten minutes, so that a deleted document does not stay behind.
 */
export interface SourceCache {
  /**
   * Calls `use` with the local path of the file, whose SHA-256 was verified; the path holds until
   * `use` ends. Rejects when `signal` fires while the file is on its way; with SOURCE_MISSING or
   * UPLOAD_MISMATCH, or what the object store fails with after it was asked for two minutes.
   */
  with<T>(source: Source, signal: AbortSignal, use: (path: string) => Promise<T>): Promise<T>;
  /** Removes the file of a document that was read, unless somebody still uses it. */
  release(documentId: string): Promise<void>;
  /** Removes the file of a deleted document. */
  forget(documentId: string): Promise<void>;
  close(): Promise<void>;
}

interface Entry {
  path: string;
  size: number;
  users: number;
  /** Milliseconds since the epoch. */
  usedAt: number;
  ready: Promise<void>;
}

/** Milliseconds. */
const IDLE = 10 * 60_000;
const LOOK = 60_000;

export async function createSourceCache(options: {
  storage: ObjectStorage;
  maxBytes: number;
}): Promise<SourceCache> {
  const folder = await makeTemporaryFolder('sources');
  const entries = new Map<string, Entry>();

  function acquire(source: Source): Entry {
    const known = entries.get(source.id);
    const entry = known ?? {
      path: join(folder, source.id),
      size: source.sizeBytes,
      users: 0,
      usedAt: 0,
      ready: retryStorage(() => download(options.storage, source, join(folder, source.id))),
    };
    entries.delete(source.id);
    entries.set(source.id, entry);
    entry.users += 1;
    entry.usedAt = Date.now();
    if (!known) entry.ready.catch(() => entries.delete(source.id));
    return entry;
  }

  async function remove(id: string, { path }: Entry): Promise<void> {
    entries.delete(id);
    await rm(path, { force: true });
  }

  async function evict(): Promise<void> {
    let total = [...entries.values()].reduce((sum, entry) => sum + entry.size, 0);
    for (const [id, entry] of entries) {
      const idle = Date.now() - entry.usedAt > IDLE;
      if (entry.users > 0 || (total <= options.maxBytes && !idle)) continue;
      total -= entry.size;
      await remove(id, entry);
    }
  }

  const look = setInterval(() => void evict(), LOOK).unref();

  return {
    async with(source, signal, use) {
      const entry = acquire(source);
      try {
        await unlessAborted(entry.ready, signal);
        return await use(entry.path);
      } finally {
        entry.users -= 1;
        entry.usedAt = Date.now();
        await evict();
      }
    },
    async release(documentId) {
      const entry = entries.get(documentId);
      if (entry?.users === 0) await remove(documentId, entry);
    },
    async forget(documentId) {
      const entry = entries.get(documentId);
      if (entry) await remove(documentId, entry);
    },
    async close() {
      clearInterval(look);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Others may wait for the same file: only the waiting ends. */
async function unlessAborted(ready: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  await Promise.race([ready, aborted.promise]).finally(() =>
    signal.removeEventListener('abort', abort),
  );
}

async function download(storage: ObjectStorage, source: Source, path: string): Promise<void> {
  const body = await storage.read(
    source.sourceKey,
    source.sourceEtag ? { etag: source.sourceEtag } : {},
  );
  const hash = createHash('sha256');
  try {
    await pipeline(body, hashing(hash), createWriteStream(path));
  } catch (error) {
    await rm(path, { force: true });
    throw toFanfoldError(error, 'STORAGE_UNAVAILABLE');
  }
  if (hash.digest('hex') !== source.sha256) {
    await rm(path, { force: true });
    throw new FanfoldError('UPLOAD_MISMATCH', { detail: 'SHA-256 differs' });
  }
}

function hashing(hash: ReturnType<typeof createHash>) {
  return async function* (body: Readable) {
    for await (const chunk of body) {
      hash.update(chunk as Buffer);
      yield chunk;
    }
  };
}
