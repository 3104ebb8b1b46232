import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChecksumAlgorithm } from '../body/digests.ts';
import type { Checksums } from '../body/expectations.ts';
import type { Payload } from '../body/payload.ts';
import { S3Error, systemCode } from '../errors.ts';
import type { Bucket } from './buckets.ts';
import { concurrently } from './concurrently.ts';
import type { Attributes } from './objects.ts';
import { syncFolder } from './publish.ts';
import { describeRecord, writeRecord } from './record.ts';

export interface Upload {
  id: string;
  key: string;
  attributes: Attributes;
  /** The algorithm that each part must carry a checksum of. */
  algorithm?: ChecksumAlgorithm;
  initiatedAt: string;
}

export interface Part {
  number: number;
  /** Bytes. */
  size: number;
  etag: string;
  modifiedAt: string;
  checksums: Checksums;
}

const SETTINGS = 'upload.json';

export async function createUpload(
  bucket: Bucket,
  settings: Pick<Upload, 'key' | 'attributes' | 'algorithm'>,
): Promise<Upload> {
  const upload: Upload = { ...settings, id: randomUUID(), initiatedAt: new Date().toISOString() };
  const temp = join(bucket.temp, upload.id);
  await mkdir(temp);
  await writeFile(join(temp, SETTINGS), JSON.stringify(upload), { flush: true });
  await syncFolder(temp);
  await rename(temp, uploadFolder(bucket, upload.id));
  await syncFolder(bucket.uploads);
  return upload;
}

/** Throws `NoSuchUpload` where there is none of this id for this key. */
export async function findUpload(bucket: Bucket, id: string, key: string): Promise<Upload> {
  const upload = await readUpload(bucket, id);
  if (upload?.key === key) return upload;
  throw noSuchUpload();
}

/** Every upload in progress, by key and then by time. */
export async function listUploads(bucket: Bucket): Promise<Upload[]> {
  const uploads = await concurrently(await readdir(bucket.uploads), (id) => readUpload(bucket, id));
  return uploads.sort(
    (left, right) =>
      Buffer.compare(Buffer.from(left.key), Buffer.from(right.key)) ||
      left.initiatedAt.localeCompare(right.initiatedAt) ||
      left.id.localeCompare(right.id),
  );
}

/** Stores a part in place of one of the same number. */
export async function storePart(
  bucket: Bucket,
  upload: Upload,
  number: number,
  payload: Payload,
): Promise<Part> {
  const { path, description } = await writeRecord<Part>(bucket.temp, payload, (received) => {
    const checksums = payload.verify(received);
    if (upload.algorithm && checksums[upload.algorithm] === undefined) {
      throw new S3Error(
        'InvalidRequest',
        `Each part of this upload needs its ${upload.algorithm} checksum.`,
      );
    }
    const etag = received.digests.MD5?.toString('hex') ?? '';
    return { number, size: received.size, etag, modifiedAt: new Date().toISOString(), checksums };
  });
  try {
    await rename(path, partPath(bucket, upload.id, number));
  } catch (cause) {
    await rm(path, { force: true });
    throw systemCode(cause) === 'ENOENT' ? noSuchUpload(cause) : cause;
  }
  await syncFolder(uploadFolder(bucket, upload.id));
  return description;
}

/** The numbers of the parts that have arrived, ascending. */
export async function partNumbers(bucket: Bucket, upload: Upload): Promise<number[]> {
  const names = await readdir(uploadFolder(bucket, upload.id));
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((left, right) => left - right);
}

/** Undefined where the part has not arrived. */
export async function findPart(
  bucket: Bucket,
  upload: Upload,
  number: number,
): Promise<Part | undefined> {
  try {
    return await describeRecord<Part>(partPath(bucket, upload.id, number));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Renamed away first, so that a crash leaves no upload without some of its parts. */
export async function removeUpload(bucket: Bucket, upload: Upload): Promise<void> {
  const temp = join(bucket.temp, randomUUID());
  await rename(uploadFolder(bucket, upload.id), temp);
  await syncFolder(bucket.uploads);
  await rm(temp, { recursive: true });
}

export function partPath(bucket: Bucket, id: string, number: number): string {
  return join(uploadFolder(bucket, id), String(number));
}

function uploadFolder(bucket: Bucket, id: string): string {
  return join(bucket.uploads, id);
}

async function readUpload(bucket: Bucket, id: string): Promise<Upload | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined;
  try {
    return JSON.parse(await readFile(join(uploadFolder(bucket, id), SETTINGS), 'utf8')) as Upload;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function noSuchUpload(cause?: unknown): S3Error {
  const message =
    'The specified multipart upload does not exist. It may have been aborted or completed.';
  return new S3Error('NoSuchUpload', message, { cause });
}
