import {
  type PDFContext,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFObjectParser,
  PDFRawStream,
} from '@cantoo/pdf-lib';
import type { FileBytes } from './file-bytes.ts';
import { placesOf } from './list-stream.ts';
import type { Listing } from './pdf-file.ts';

/** Where an object is: at an offset of the file, in the stream of objects of that number, or nowhere. */
export type Place = { offset: number } | { packedIn: number } | null;

export interface ObjectList {
  /** By object number. */
  places: Map<number, Place>;
  /** Where its parts are, the newest first. */
  sections: number[];
  listing: Listing;
  trailer: PDFDict;
}

interface Section {
  places: Iterable<[number, Place]>;
  listing: Listing;
  trailer: PDFDict;
}

/** Bytes at the end of a file in which it says where its list of objects is. */
const TAIL = 2_048;
/** Bytes that are read at first of something whose length is not known. */
const FIRST_READ = 65_536;
/** Bytes of an object up to its dictionary, at most. */
const OBJECT_HEADER = 64;

/** The list of all objects of a file, by PDF 2.0, 7.5.4 to 7.5.8. Throws where it makes no sense. */
export function readObjectList(file: FileBytes, context: PDFContext): ObjectList {
  const at = newestSection(file);
  const places = new Map<number, Place>();
  const { listing, trailer } = readSection(file, context, at);
  const seen = new Set<number>();
  for (const ahead = [at]; ahead.length > 0; ) {
    const offset = ahead.shift() as number;
    if (seen.has(offset)) continue;
    seen.add(offset);
    const section = readSection(file, context, offset);
    for (const [number, place] of section.places) {
      if (!places.has(number)) places.set(number, place);
    }
    // What a hybrid file keeps from old readers goes before what was there earlier.
    ahead.push(...offsetsOf(section.trailer, 'XRefStm', 'Prev'));
  }
  return { places, sections: [...seen], listing, trailer };
}

/** Checks that the list leads to the objects of these numbers. */
export function leadsToObjects(file: FileBytes, places: Map<number, Place>): boolean {
  return [...places].every(([number, place]) => {
    if (place === null) return true;
    if ('packedIn' in place) {
      const stream = places.get(place.packedIn);
      return Boolean(stream && 'offset' in stream);
    }
    return headerAt(file, place.offset)?.number === number;
  });
}

/** What an object is, without its number. */
export function parseObjectAt(
  file: FileBytes,
  context: PDFContext,
  offset: number,
  end: number,
): PDFObject {
  const header = headerAt(file, offset);
  if (!header) throw new Error(`no object at ${offset}`);
  const start = offset + header.length;
  return PDFObjectParser.forBytes(file.read(start, end - start), context).parseObject();
}

function headerAt(file: FileBytes, offset: number): { number: number; length: number } | null {
  const start = file.read(offset, OBJECT_HEADER).toString('latin1');
  const found = /^\s*(\d+)\s+\d+\s+obj\b/.exec(start);
  return found ? { number: Number(found[1]), length: found[0].length } : null;
}

function newestSection(file: FileBytes): number {
  if (file.read(0, 5).toString('latin1') !== '%PDF-') throw new Error('no header');
  const tail = file.read(Math.max(0, file.size - TAIL), TAIL).toString('latin1');
  const found = /startxref\s+(\d+)(?![\s\S]*startxref)/.exec(tail);
  if (!found) throw new Error('no startxref');
  return Number(found[1]);
}

function readSection(file: FileBytes, context: PDFContext, offset: number): Section {
  const isTable = /^\s*xref\b/.test(file.read(offset, OBJECT_HEADER).toString('latin1'));
  return isTable ? readTable(file, context, offset) : readStream(file, context, offset);
}

function readTable(file: FileBytes, context: PDFContext, offset: number): Section {
  const table = readUntil(file, offset, (bytes) => {
    const end = bytes.indexOf('trailer');
    return end < 0 ? undefined : bytes.toString('latin1', 0, end);
  });
  const bytes = file.read(offset + table.length + 'trailer'.length, FIRST_READ);
  const trailer = PDFObjectParser.forBytes(bytes, context).parseObject();
  if (!(trailer instanceof PDFDict)) throw new Error('no trailer');
  return { places: rowsOf(table), listing: 'table', trailer };
}

/** `first count` begins a run of rows, `offset generation n|f` is one. */
function* rowsOf(table: string): Generator<[number, Place]> {
  let number = 0;
  for (const [, first, , use] of table.matchAll(/(\d+)\s+(\d+)(?:\s*([nf]))?/g)) {
    if (!use) number = Number(first);
    else yield [number++, use === 'n' ? { offset: Number(first) } : null];
  }
}

function readStream(file: FileBytes, context: PDFContext, offset: number): Section {
  const stream = readUntil(file, offset, (bytes) => {
    try {
      return parseObjectAt(file, context, offset, offset + bytes.length);
    } catch {
      return undefined;
    }
  });
  if (!(stream instanceof PDFRawStream)) throw new Error(`no list of objects at ${offset}`);
  return { places: placesOf(stream), listing: 'stream', trailer: stream.dict };
}

/** Reads more and more until it can be made sense of. */
function readUntil<T>(
  file: FileBytes,
  offset: number,
  makeSense: (bytes: Buffer) => T | undefined,
): T {
  for (let length = FIRST_READ; ; length *= 4) {
    const made = makeSense(file.read(offset, length));
    if (made !== undefined) return made;
    if (offset + length >= file.size) throw new Error(`nothing to make sense of at ${offset}`);
  }
}

function offsetsOf(trailer: PDFDict, ...names: string[]): number[] {
  return names.flatMap((name) => {
    const value = trailer.get(PDFName.of(name));
    return value instanceof PDFNumber ? [value.asNumber()] : [];
  });
}
