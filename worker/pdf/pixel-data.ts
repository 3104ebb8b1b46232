import { countFaxRows } from '#worker/image/fax/rows.ts';

/** What pdf.js has read of a fax's DecodeParms. */
export interface FaxParameters {
  K: number;
  Columns: number;
  EncodedByteAlign: boolean;
}

/** Whether a fax has fewer whole rows than its image; what takes them apart says nothing, and leaves white. */
export function faxEndsEarly(
  bytes: Uint8Array,
  { K, Columns, EncodedByteAlign }: FaxParameters,
  height: unknown,
): boolean {
  if (typeof height !== 'number') return false;
  const format = { k: K, columns: Columns, byteAlign: EncodedByteAlign };
  return countFaxRows(bytes, format, height) < height;
}

/** Types of JBIG2's segments (ITU-T T.88, 7.3) that put something on a page. */
const REGIONS = new Set([4, 6, 7, 20, 22, 23, 36, 38, 39, 40, 42, 43]);
const UNKNOWN_LENGTH = 0xffff_ffff;
/** A segment that refers to more others has their number in four bytes. */
const FEW_REFERENCES = 4;

/** Whether a JBIG2 stream as PDF has it holds no region at all, or ends within a segment. */
export function jbig2EndsEarly(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let regions = 0;
  try {
    for (let at = 0; at < bytes.length; ) {
      const { type, start, length } = readSegment(view, at);
      if (REGIONS.has(type)) regions++;
      if (length === UNKNOWN_LENGTH) return false;
      if (start + length > bytes.length) return true;
      at = start + length;
    }
  } catch {
    // The head of a segment is cut; without one before it nothing is there, after it nothing is missed.
  }
  return regions === 0;
}

/** The head of a segment by ITU-T T.88, 7.2. Throws a RangeError where it is cut. */
function readSegment(view: DataView, at: number) {
  const number = view.getUint32(at);
  const flags = view.getUint8(at + 4);
  const few = view.getUint8(at + 5) >> 5;
  const references = few <= FEW_REFERENCES ? few : view.getUint32(at + 5) & 0x1fff_ffff;
  const countBytes = few <= FEW_REFERENCES ? 1 : 4 + ((references + 8) >> 3);
  const referenceBytes = number <= 256 ? 1 : number <= 65_536 ? 2 : 4;
  const pageBytes = flags & 0x40 ? 4 : 1;
  const length = at + 5 + countBytes + references * referenceBytes + pageBytes;
  return { type: flags & 0x3f, start: length + 4, length: view.getUint32(length) };
}
