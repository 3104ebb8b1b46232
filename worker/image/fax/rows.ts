import { Bits } from './bits.ts';
import { blackRuns, HORIZONTAL, modes, PASS, VERTICAL, whiteRuns } from './codes.ts';

/** How a fax is stored, in the words of PDF's CCITTFaxDecode. */
export interface FaxFormat {
  /** Below 0 two-dimensional rows (Group 4), 0 one-dimensional ones, above 0 either. */
  k: number;
  /** Pixels of a row. */
  columns: number;
  /** Whether each row begins with a byte. */
  byteAlign: boolean;
  /** Whether the lowest bit of a byte is the first one. */
  reversed?: boolean;
}

const MOST_COLUMNS = 65_535;

/**
 * How many whole rows there are before the data of a fax end or make no sense, `wanted` at most: decoders
 * leave the rest white and say nothing. After a damaged row, one-dimensional rows go on at the next end of
 * line; it does not count. Codes and rows by ITU-T T.4 and T.6.
 */
export function countFaxRows(data: Uint8Array, format: FaxFormat, wanted: number): number {
  // Nobody can tell of such rows.
  if (!(format.columns > 0 && format.columns <= MOST_COLUMNS)) return wanted;
  const bits = new Bits(data, format.reversed ?? false);
  let [rows, above]: [number, number[]] = [0, []];
  while (rows < wanted) {
    const ends = bits.skipEndsOfLine();
    if (bits.ended || ends > 1) return rows;
    if (format.byteAlign) bits.align();
    const flat = format.k === 0 || (format.k > 0 && ends > 0 && bits.take(1) === 1);
    const row = flat ? flatRow(bits, format.columns) : rowBelow(above, bits, format.columns);
    if (row) {
      above = row;
      rows++;
    } else if (format.k < 0 || !bits.seekEndOfLine()) {
      return rows;
    }
  }
  return rows;
}

/** Where the colour changes in a row that stands for itself; null where it is damaged. */
function flatRow(bits: Bits, columns: number): number[] | null {
  const changes: number[] = [];
  for (let at = 0; at < columns; ) {
    const run = bits.takeRun(changes.length % 2 === 0 ? whiteRuns : blackRuns);
    if (run === null) return null;
    at += run;
    changes.push(at);
    if (at > columns) return null;
  }
  return changes;
}

/** The same of a row that is told by its differences from the one above it. */
function rowBelow(above: number[], bits: Bits, columns: number): number[] | null {
  const changes: number[] = [];
  let [at, next] = [-1, 0];
  while (at < columns) {
    next = nextChange(above, next, { after: at, parity: changes.length % 2 });
    const mode = bits.takeCode(modes);
    if (mode === PASS) {
      at = above[next + 1] ?? columns;
      continue;
    }
    const ends = mode === HORIZONTAL ? runsFrom(Math.max(0, at), changes.length, bits) : [];
    if (mode !== null && mode > HORIZONTAL) ends.push((above[next] ?? columns) + mode - VERTICAL);
    const end = ends.at(-1);
    if (end === undefined || end < Math.max(0, at) || end > columns) return null;
    changes.push(...ends);
    at = end;
  }
  return changes;
}

/** The first change of the row above to the right of a place, to the colour that is not the one there. */
function nextChange(
  above: number[],
  near: number,
  { after, parity }: { after: number; parity: number },
): number {
  let next = near - (near % 2) + parity;
  while (next >= 2 && (above[next - 2] ?? Number.POSITIVE_INFINITY) > after) next -= 2;
  while ((above[next] ?? Number.POSITIVE_INFINITY) <= after) next += 2;
  return next;
}

/** Where two runs end; none where they are damaged. */
function runsFrom(start: number, changes: number, bits: Bits): number[] {
  const [one, other] = changes % 2 === 0 ? [whiteRuns, blackRuns] : [blackRuns, whiteRuns];
  const first = bits.takeRun(one);
  const second = first === null ? null : bits.takeRun(other);
  return first === null || second === null ? [] : [start + first, start + first + second];
}
