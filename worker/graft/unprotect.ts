import { readFile, writeFile } from 'node:fs/promises';
import { PDFDocument } from '@cantoo/pdf-lib';
import { FanfoldError } from '#server/errors.ts';
import type { SourceFile } from '#worker/page/protocol.ts';

/**
 * Writes a protected PDF to `path` without its protection, which the password it was opened with
 * allows. Rejects with UNSUPPORTED_ENCRYPTION.
 */
export async function unprotect(source: SourceFile, path: string): Promise<SourceFile> {
  const bytes = await readFile(source.path);
  // The empty password comes first, as it does where the file is opened to be read.
  for (const password of ['', ...(source.password ? [source.password] : [])]) {
    const plain = await decrypted(bytes, password);
    if (!plain) continue;
    await writeFile(path, plain);
    return { ...source, path, password: undefined };
  }
  throw new FanfoldError('UNSUPPORTED_ENCRYPTION', {
    sentence: 'The file is protected in a way that text cannot be added to.',
  });
}

async function decrypted(bytes: Uint8Array, password: string): Promise<Uint8Array | null> {
  try {
    const document = await PDFDocument.load(bytes, {
      password,
      updateMetadata: false,
      parseSpeed: Number.POSITIVE_INFINITY,
    });
    return await document.save({ useObjectStreams: false });
  } catch {
    return null;
  }
}
