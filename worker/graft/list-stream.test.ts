import { deflateSync } from 'node:zlib';
import { PDFContext, PDFRawStream } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { placesOf } from './list-stream.ts';

const ROWS = [
  [0, 0, 0, 255],
  [1, 0, 17, 0],
  [1, 2, 200, 0],
  [2, 0, 7, 3],
  [1, 5, 4, 0],
];
const PLACES = [null, { offset: 17 }, { offset: 712 }, { packedIn: 7 }, { offset: 1284 }];

/** What a PNG predictor leaves of a byte, by the number of the filter (RFC 2083, 6). */
const FILTERS: ((left: number, above: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  (left, above, corner) => {
    const from = (one: number) => Math.abs(left + above - corner - one);
    const nearest = Math.min(from(left), from(above), from(corner));
    return [left, above, corner].find((one) => from(one) === nearest) ?? 0;
  },
];

function filtered(filter: number): number[] {
  return ROWS.flatMap((row, y) => {
    const above = ROWS[y - 1] ?? [0, 0, 0, 0];
    const predicted = (x: number) =>
      FILTERS[filter]?.(row[x - 1] ?? 0, above[x] ?? 0, above[x - 1] ?? 0) ?? 0;
    return [filter, ...row.map((value, x) => (value - predicted(x)) & 0xff)];
  });
}

function placesIn(bytes: number[], entries: Record<string, unknown>) {
  const dict = PDFContext.create().obj({ W: [1, 2, 1], Size: 5, ...entries } as never);
  const data = 'Filter' in entries ? deflateSync(Buffer.from(bytes)) : Uint8Array.from(bytes);
  return [...placesOf(PDFRawStream.of(dict as never, data))];
}

test('a list is read as it is', () => {
  expect(placesIn(ROWS.flat(), {})).toEqual([...PLACES.entries()]);
});

test.each([0, 1, 2, 3, 4])('a list is read that was stored with the PNG filter %i', (filter) => {
  const packed = { Filter: 'FlateDecode', DecodeParms: { Predictor: 15, Columns: 4 } };
  expect(placesIn(filtered(filter), packed)).toEqual([...PLACES.entries()]);
});

test('only the objects that a list names are in it', () => {
  const places = placesIn(ROWS.slice(0, 3).flat(), { Index: [0, 1, 8, 2] });
  expect(places).toEqual([
    [0, null],
    [8, { offset: 17 }],
    [9, { offset: 712 }],
  ]);
});
