import { fileTypeFromBuffer } from 'file-type';
import { SOURCE_TYPES, type SourceType } from './source-types.ts';

/** Bytes that the type of a file is told from; a PDF's header may follow 1 kB of something else. */
export const MAGIC_BYTES = 4_100;

/** `file-type` looks for the directory of a TIFF, which most have behind their pixels. */
const TIFF = ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'];
const ZIP = 'PK\x03\x04';

/** The type of a file by its first `MAGIC_BYTES`; null where it is none that can be read. */
export async function detectType(start: Buffer): Promise<SourceType | null> {
  const magic = start.toString('latin1', 0, 4);
  const holdsPdf = start.subarray(0, 1_024 + 5).includes('%PDF-');
  if (holdsPdf && magic !== ZIP) return 'application/pdf';
  const detected = (await fileTypeFromBuffer(start))?.mime;
  if (!detected && TIFF.includes(magic)) return 'image/tiff';
  const mime = detected === 'image/apng' ? 'image/png' : detected;
  return SOURCE_TYPES.find((known) => known === mime) ?? null;
}
