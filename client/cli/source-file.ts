import { openAsBlob } from 'node:fs';
import { basename, extname } from 'node:path';
import type { UploadSource } from '../source.ts';

/** A file of this machine to upload; its bytes are read as they are needed. */
export async function openSource(path: string): Promise<UploadSource> {
  const type = TYPES[extname(path).toLowerCase()] ?? '';
  const blob = await openAsBlob(path, { type });
  return {
    name: basename(path),
    type,
    size: blob.size,
    slice: (start, end) => blob.slice(start, end),
  };
}

const TYPES: Record<string, string> = {
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.gif': 'image/gif',
};
