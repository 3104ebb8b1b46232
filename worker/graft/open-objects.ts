import { readFile } from 'node:fs/promises';
import { type PDFContext, PDFParser } from '@cantoo/pdf-lib';
import { FanfoldError } from '#server/errors.ts';
import type { Listing } from './pdf-file.ts';

/** The objects of a PDF, to be looked up until they are closed. */
export interface OpenObjects {
  context: PDFContext;
  /** Where the file's list of objects starts; null where that is damaged. */
  listed: { at: number; listing: Listing } | null;
  close(): void;
}

/**
 * Goes through all of a file, whose list of objects does not lead to them, and holds it. Rejects with
 * OUTPUT_FAILED where the file makes no sense.
 */
export async function parseObjects(path: string): Promise<OpenObjects> {
  // A Buffer's slices share its memory: the streams of the file are held once.
  const bytes = await readFile(path);
  try {
    const parser = PDFParser.forBytesWithOptions(
      bytes,
      Number.POSITIVE_INFINITY,
      false,
      false,
      false,
      undefined,
      true,
    );
    const context = await parser.parseDocument();
    if (!context.trailerInfo.Root) throw new Error('no catalog');
    const listed = findListing(bytes, context.pdfFileDetails.prevStartXRef);
    return { context, listed, close: () => undefined };
  } catch (error) {
    throw new FanfoldError('OUTPUT_FAILED', { detail: String(error), cause: error });
  }
}

/** Checks what the end of the file says of where its list of objects starts. */
function findListing(bytes: Buffer, at: number): OpenObjects['listed'] {
  if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) return null;
  if (!(at > 0 && at < bytes.length)) return null;
  const start = bytes.toString('latin1', at, at + 40);
  if (/^\s{0,2}xref\b/.test(start)) return { at, listing: 'table' };
  if (/^\s{0,2}\d+\s+\d+\s+obj\b/.test(start)) return { at, listing: 'stream' };
  return null;
}
