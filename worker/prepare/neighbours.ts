import type { Letters } from './letters.ts';

/** More letters say no more. */
const MOST_LETTERS = 3_000;

/**
 * Share of the letters whose nearest neighbour is beside them rather than above or below; null where
 * none has one. Letters of a line stand closer together than lines do (after L. O'Gorman, "The
 * document spectrum for page layout analysis", 1993).
 */
export function measureNeighbours(letters: Letters): number | null {
  const cell = 3 * Math.max(1, letters.xHeight);
  const cells = new Map<number, number[]>();
  const place = (edge: number) => Math.floor(edge / cell);
  for (let letter = 0; letter < letters.count; letter++) {
    const key = keyOf(place(letters.x0[letter] as number), place(letters.y0[letter] as number));
    const there = cells.get(key);
    if (there) there.push(letter);
    else cells.set(key, [letter]);
  }
  const step = Math.max(1, letters.count / MOST_LETTERS);
  let beside = 0;
  let found = 0;
  for (let at = 0; at < letters.count; at += step) {
    const letter = Math.floor(at);
    const [x, y] = [place(letters.x0[letter] as number), place(letters.y0[letter] as number)];
    const nearest = nearestBeside(letters, letter, neighboursOf(cells, x, y));
    if (nearest === null) continue;
    found++;
    if (nearest) beside++;
  }
  return found === 0 ? null : beside / found;
}

function keyOf(x: number, y: number): number {
  return y * 65_536 + x;
}

function neighboursOf(cells: Map<number, number[]>, x: number, y: number): number[] {
  const near: number[] = [];
  for (let row = y - 1; row <= y + 1; row++) {
    for (let column = x - 1; column <= x + 1; column++) {
      near.push(...(cells.get(keyOf(column, row)) ?? []));
    }
  }
  return near;
}

/** Whether the nearest of the others is beside the letter; null where there are none. */
function nearestBeside(letters: Letters, letter: number, others: number[]): boolean | null {
  let nearest = Number.POSITIVE_INFINITY;
  let beside: boolean | null = null;
  for (const other of others) {
    if (other === letter) continue;
    const across = gap(letters.x0, letters.x1, letter, other);
    const down = gap(letters.y0, letters.y1, letter, other);
    const distance = Math.max(across, 0) + Math.max(down, 0);
    if (distance >= nearest || across < 0 === down < 0) continue;
    nearest = distance;
    beside = across > down;
  }
  return beside;
}

/** Pixels between two boxes along an axis; below 0 where they overlap. */
function gap(from: Float32Array, to: Float32Array, one: number, other: number): number {
  return Math.max(
    (from[other] as number) - (to[one] as number),
    (from[one] as number) - (to[other] as number),
  );
}
