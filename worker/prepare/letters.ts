import type { Components } from './components.ts';

/** What looks like letters among the components of a page. */
export interface Letters {
  count: number;
  /** Edges of the boxes, x1 and y1 exclusive. */
  x0: Float32Array;
  y0: Float32Array;
  x1: Float32Array;
  y1: Float32Array;
  /** Height of lower-case letters without ascenders, pixels; 0 where there are too few letters. */
  xHeight: number;
  /** Specks of a few pixels, a letter. */
  specks: number;
}

/** Pixels of the sides of the smallest readable letter. */
const LEAST_SIDE = 4;
/** Letters, in the usual height of letters of the page. */
const LEAST_SHARE = 0.5;
const MOST_SHARE = 2.5;
/** Of the heights; lower-case letters without ascenders are more than half of a text. */
const X_HEIGHT_PERCENTILE = 0.25;
/** Fewer say nothing. */
const FEW_LETTERS = 30;
/** Pixels of an area that no letter and no dot has. */
const SPECK = 3;

export function findLetters(found: Components): Letters {
  const side = (index: number) =>
    Math.max(
      (found.x1[index] as number) - (found.x0[index] as number),
      (found.y1[index] as number) - (found.y0[index] as number),
    );
  const candidates: number[] = [];
  let specks = 0;
  for (let index = 0; index < found.count; index++) {
    if ((found.area[index] as number) <= SPECK) specks++;
    else if (side(index) >= LEAST_SIDE) candidates.push(index);
  }
  const usual = percentile(candidates.map(side), 0.5);
  const letters = candidates.filter(
    (index) => side(index) >= LEAST_SHARE * usual && side(index) <= MOST_SHARE * usual,
  );
  const pick = (edges: Int32Array) => Float32Array.from(letters, (index) => edges[index] as number);
  return {
    count: letters.length,
    x0: pick(found.x0),
    y0: pick(found.y0),
    x1: pick(found.x1),
    y1: pick(found.y1),
    xHeight: letters.length < FEW_LETTERS ? 0 : percentile(letters.map(side), X_HEIGHT_PERCENTILE),
    specks: specks / Math.max(1, letters.length),
  };
}

function percentile(values: number[], share: number): number {
  return values.sort((one, other) => one - other)[Math.floor(share * values.length)] ?? 0;
}
