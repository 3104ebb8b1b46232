import { distance } from 'fastest-levenshtein';

/** Below this share of equal letters two words are not the same. */
const LEAST_LIKENESS = 0.5;
/** Columns that are read in another order match in later rounds. */
const ROUNDS = 4;
/** Fewer pairs than this in a later round are chance. */
const LEAST_PAIRS = 3;

export interface Pair {
  /** Index into the words that were found. */
  found: number;
  /** 0–1; 1 for the same word. */
  likeness: number;
}

/**
 * For each word of a text the word of another reading of the same page that it is, or null. The order
 * of both readings counts, but whole passages may stand elsewhere: what a round leaves over is
 * aligned again. A round is Needleman and Wunsch's alignment (1970), gaps free, pairs by likeness.
 */
export function alignWords(wanted: string[], found: string[]): (Pair | null)[] {
  const pairs: (Pair | null)[] = wanted.map(() => null);
  const taken = new Set<number>();
  for (let round = 0; round < ROUNDS; round++) {
    const leftWanted = wanted.flatMap((_, index) => (pairs[index] ? [] : [index]));
    const leftFound = found.flatMap((_, index) => (taken.has(index) ? [] : [index]));
    const matched = alignOnce(
      leftWanted.map((index) => wanted[index] as string),
      leftFound.map((index) => found[index] as string),
    );
    if (matched.length < (round === 0 ? 1 : LEAST_PAIRS)) break;
    for (const [one, other, likeness] of matched) {
      const index = leftFound[other] as number;
      pairs[leftWanted[one] as number] = { found: index, likeness };
      taken.add(index);
    }
  }
  return pairs;
}

function alignOnce(wanted: string[], found: string[]): [number, number, number][] {
  const columns = found.length + 1;
  const best = new Float32Array((wanted.length + 1) * columns);
  const like = likenessOf(wanted, found);
  for (let i = wanted.length - 1; i >= 0; i--) {
    for (let j = found.length - 1; j >= 0; j--) {
      const paired = like(i, j);
      const skip = Math.max(at(best, i + 1, j, columns), at(best, i, j + 1, columns));
      const both = paired > 0 ? paired + at(best, i + 1, j + 1, columns) : 0;
      best[i * columns + j] = Math.max(skip, both);
    }
  }
  const matched: [number, number, number][] = [];
  for (let i = 0, j = 0; i < wanted.length && j < found.length; ) {
    const paired = like(i, j);
    const here = at(best, i, j, columns);
    if (paired > 0 && here === Math.fround(paired + at(best, i + 1, j + 1, columns))) {
      matched.push([i++, j++, paired]);
    } else if (here === at(best, i + 1, j, columns)) i++;
    else j++;
  }
  return matched;
}

function at(table: Float32Array, row: number, column: number, columns: number): number {
  return table[row * columns + column] as number;
}

/** 0 where two words are not alike, else the share of their letters that is; each pair is compared once. */
function likenessOf(wanted: string[], found: string[]): (i: number, j: number) => number {
  const known = new Map<string, Map<string, number>>();
  return (i, j) => {
    const [one, other] = [wanted[i] as string, found[j] as string];
    if (one === other) return 1;
    const row = known.get(one) ?? new Map<string, number>();
    known.set(one, row);
    const before = row.get(other);
    if (before !== undefined) return before;
    const value = likeness(one, other);
    row.set(other, value);
    return value;
  };
}

function likeness(one: string, other: string): number {
  const longest = Math.max(one.length, other.length);
  if (Math.abs(one.length - other.length) > longest * (1 - LEAST_LIKENESS)) return 0;
  const share = 1 - distance(one, other) / longest;
  // A little less than for the same word, so that the same word wins.
  return share >= LEAST_LIKENESS ? share * 0.95 : 0;
}
