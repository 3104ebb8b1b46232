import { inflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFRawStream,
} from '@cantoo/pdf-lib';
import type { Place } from './object-list.ts';

/** Predictors from this one on are those of PNG, of which each row names its own. */
const PNG_PREDICTOR = 10;

/** The places in a list of objects that is a stream, by PDF 2.0, 7.5.8. Throws where it makes no sense. */
export function* placesOf(stream: PDFRawStream): Generator<[number, Place]> {
  const { dict } = stream;
  const bytes = unpacked(stream);
  const widths = numbersOf(dict.get(PDFName.of('W')));
  const [typeWidth = 0, width = 0, lastWidth = 0] = widths;
  const index = numbersOf(dict.get(PDFName.of('Index')));
  const runs = index.length > 0 ? index : [0, numberOf(dict, 'Size', 0)];
  let at = 0;
  const next = (length: number) => {
    const value = length > 0 ? bytes.readUIntBE(at, length) : 0;
    at += length;
    return value;
  };
  for (let run = 0; run + 1 < runs.length; run += 2) {
    const [first, count] = [runs[run] as number, runs[run + 1] as number];
    for (let number = first; number < first + count; number++) {
      // Without a type it is 1.
      const type = typeWidth > 0 ? next(typeWidth) : 1;
      const value = next(width);
      next(lastWidth);
      yield [number, type === 1 ? { offset: value } : type === 2 ? { packedIn: value } : null];
    }
  }
}

function unpacked({ dict, contents }: PDFRawStream): Buffer {
  const filter = only(dict.get(PDFName.of('Filter')));
  if (!filter) return Buffer.from(contents);
  if (filter !== PDFName.of('FlateDecode')) throw new Error(`a list packed by ${filter}`);
  const bytes = inflateSync(contents);
  const parameters = only(dict.get(PDFName.of('DecodeParms')));
  if (!(parameters instanceof PDFDict)) return bytes;
  if (numberOf(parameters, 'Predictor', 1) < PNG_PREDICTOR) return bytes;
  return unpredicted(bytes, numberOf(parameters, 'Columns', 1));
}

/** Rows of bytes as PNG stores them (RFC 2083, 6), each after the number of its filter. */
function unpredicted(bytes: Buffer, columns: number): Buffer {
  const rows = Math.floor(bytes.length / (columns + 1));
  const result = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row++) {
    const filter = bytes[row * (columns + 1)];
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const left = column > 0 ? (result[at - 1] as number) : 0;
      const above = row > 0 ? (result[at - columns] as number) : 0;
      const corner = row > 0 && column > 0 ? (result[at - columns - 1] as number) : 0;
      const predicted = predict(filter, left, above, corner);
      result[at] = (bytes[row * (columns + 1) + 1 + column] as number) + predicted;
    }
  }
  return result;
}

function predict(filter: number | undefined, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  return filter === 4 ? paeth(left, above, corner) : 0;
}

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const toLeft = Math.abs(estimate - left);
  const toAbove = Math.abs(estimate - above);
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

function only(value: PDFObject | undefined): PDFObject | undefined {
  return value instanceof PDFArray && value.size() === 1 ? value.get(0) : value;
}

function numbersOf(value: PDFObject | undefined): number[] {
  if (!(value instanceof PDFArray)) return [];
  return value.asArray().map((one) => (one instanceof PDFNumber ? one.asNumber() : 0));
}

function numberOf(dict: PDFDict, name: string, otherwise: number): number {
  const value = dict.get(PDFName.of(name));
  return value instanceof PDFNumber ? value.asNumber() : otherwise;
}
