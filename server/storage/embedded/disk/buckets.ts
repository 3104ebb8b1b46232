import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { S3Error, systemCode } from '../errors.ts';
import type { CorsRule } from '../http/cors.ts';
import { emptyFolder, publish } from './publish.ts';

export interface Store {
  buckets: string;
  /** Files that are being written; emptied at start. */
  temp: string;
}

export interface Bucket {
  name: string;
  folder: string;
  objects: string;
  uploads: string;
  temp: string;
}

interface BucketSettings {
  createdAt: string;
  corsRules?: CorsRule[];
}

const SETTINGS = 'bucket.json';

/** Prepares the folder of a store and clears what a crash left half written. */
export async function openStore(dataDir: string): Promise<Store> {
  const store = { buckets: join(dataDir, 'buckets'), temp: join(dataDir, 'temp') };
  await mkdir(store.buckets, { recursive: true });
  await emptyFolder(store.temp);
  return store;
}

/** Does nothing where the bucket exists. */
export async function createBucket(store: Store, name: string): Promise<void> {
  const bucket = bucketAt(store, name);
  if (await exists(bucket)) return;
  await mkdir(bucket.objects, { recursive: true });
  await mkdir(bucket.uploads, { recursive: true });
  await writeSettings(bucket, { createdAt: new Date().toISOString() });
}

/** Throws `NoSuchBucket`. */
export async function findBucket(store: Store, name: string): Promise<Bucket> {
  const bucket = bucketAt(store, name);
  if (await exists(bucket)) return bucket;
  throw new S3Error('NoSuchBucket', 'The specified bucket does not exist.');
}

/** Undefined where the bucket has no rules, or where there is no such bucket. */
export async function readCorsRules(store: Store, name: string): Promise<CorsRule[] | undefined> {
  try {
    return (await readSettings(bucketAt(store, name))).corsRules;
  } catch (error) {
    if (error instanceof S3Error || systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export async function writeCorsRules(bucket: Bucket, corsRules: CorsRule[]): Promise<void> {
  await writeSettings(bucket, { ...(await readSettings(bucket)), corsRules });
}

function bucketAt(store: Store, name: string): Bucket {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..')) {
    throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.');
  }
  const folder = join(store.buckets, name);
  return {
    name,
    folder,
    objects: join(folder, 'objects'),
    uploads: join(folder, 'uploads'),
    temp: store.temp,
  };
}

async function exists(bucket: Bucket): Promise<boolean> {
  return access(join(bucket.folder, SETTINGS)).then(
    () => true,
    () => false,
  );
}

async function readSettings(bucket: Bucket): Promise<BucketSettings> {
  return JSON.parse(await readFile(join(bucket.folder, SETTINGS), 'utf8')) as BucketSettings;
}

async function writeSettings(bucket: Bucket, settings: BucketSettings): Promise<void> {
  const temp = join(bucket.temp, randomUUID());
  const handle = await open(temp, 'wx');
  await handle
    .writeFile(JSON.stringify(settings))
    .then(() => handle.sync())
    .finally(() => handle.close());
  await publish(temp, join(bucket.folder, SETTINGS), bucket.folder, false);
}
