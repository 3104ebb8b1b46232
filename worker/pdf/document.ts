import { open, readFile, stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist';
import { FanfoldError } from '#server/errors.ts';
import type { Limits, SourceFile } from '#worker/page/protocol.ts';
import { DOCUMENT_OPTIONS, pdfjs } from './library.ts';

const MAX_BYTES_IN_MEMORY = 64 * 1024 ** 2;
/** Bytes that are read at once of a larger file: the pages between its pictures are looked at without them. */
const PIECE = 8_192;
/** Bytes within which `%PDF-` must start. */
const HEADER_RANGE = 1024;

let current: { key: string; task: PDFDocumentLoadingTask; document: PDFDocumentProxy } | undefined;

/**
 * Opens a PDF and keeps it open until another one is asked for, so that its next page does not parse
 * it again. A file of more bytes than `inMemory` is read piece by piece. Rejects with PASSWORD_REQUIRED,
 * PASSWORD_WRONG, UNSUPPORTED_ENCRYPTION or CORRUPT_FILE.
 */
export async function openDocument(
  source: SourceFile,
  limits: Limits,
  inMemory = MAX_BYTES_IN_MEMORY,
): Promise<PDFDocumentProxy> {
  const { size, mtimeMs } = await stat(source.path);
  const key = JSON.stringify([source.path, source.password, size, mtimeMs, limits.maxPixels]);
  if (current?.key === key) return current.document;
  await closeDocument();
  const task = pdfjs.getDocument({
    ...DOCUMENT_OPTIONS,
    ...(await content(source.path, size <= inMemory)),
    maxImageSize: limits.maxPixels,
  });
  try {
    current = { key, task, document: await withPassword(task, source.password) };
    return current.document;
  } catch (error) {
    await task.destroy();
    throw openError(error);
  }
}

export async function closeDocument(): Promise<void> {
  const { task } = current ?? {};
  current = undefined;
  await task?.destroy();
}

async function content(path: string, inMemory: boolean) {
  await requireHeader(path);
  if (inMemory) return { data: new Uint8Array(await readFile(path)) };
  return {
    url: pathToFileURL(path).href,
    disableAutoFetch: true,
    disableStream: true,
    rangeChunkSize: PIECE,
  };
}

async function requireHeader(path: string): Promise<void> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_RANGE), 0, HEADER_RANGE, 0);
  if (buffer.subarray(0, bytesRead).includes('%PDF-')) return;
  throw new FanfoldError('CORRUPT_FILE', { detail: 'no %PDF- in the first 1,024 bytes' });
}

/** pdf.js tries the empty password by itself, then asks. */
function withPassword(task: PDFDocumentLoadingTask, password: string | undefined) {
  return new Promise<PDFDocumentProxy>((resolve, reject) => {
    task.onPassword = (answer: (password: string) => void, reason: number) => {
      if (reason === pdfjs.PasswordResponses.INCORRECT_PASSWORD)
        reject(new FanfoldError('PASSWORD_WRONG'));
      else if (password === undefined) reject(new FanfoldError('PASSWORD_REQUIRED'));
      else answer(password);
    };
    task.promise.then(resolve, reject);
  });
}

function openError(error: unknown): FanfoldError {
  if (error instanceof FanfoldError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const code = /unknown encryption|unsupported encryption/i.test(detail)
    ? 'UNSUPPORTED_ENCRYPTION'
    : 'CORRUPT_FILE';
  return new FanfoldError(code, { detail, cause: error });
}
