import type { Components } from './components.ts';
import { countSpecks, isSpeck } from './specks.ts';

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
  /** Specks that are strewn over the page, a letter. */
  specks: number;
}

/** Pixels of the sides of the smallest readable letter. */
const LEAST_SIDE = 4;
/** Letters, in the usual height of letters of the page. */
const LEAST_SHARE = 0.5;
const MOST_SHARE = 2.5;
/** Of the heights; lower-case letters without ascenders are more than half of a text. */
const X_HEIGHT_PERCENTILE = 0.25;
/** Share of the height of the taller letters from which on there are hardly other ones. */
const ALIKE = { percentile: 0.85, share: 0.85 };
/** Of the height of figures and capitals. */
const X_HEIGHT_OF_CAPITALS = 0.72;
/** Fewer say nothing. */
const FEW_LETTERS = 30;
/** Pixels that a fine rule is thick, and how often as long a piece of it is. */
const MOST_FINE = 2;
const LEAST_DASH = 3;

export function findLetters(found: Components): Letters {
  const sides = (index: number): [number, number] => [
    (found.x1[index] as number) - (found.x0[index] as number),
    (found.y1[index] as number) - (found.y0[index] as number),
  ];
  const side = (index: number) => Math.max(...sides(index));
  const candidates: number[] = [];
  for (let index = 0; index < found.count; index++) {
    if (isSpeck(found, index) || side(index) < LEAST_SIDE || isDash(...sides(index))) continue;
    candidates.push(index);
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
    xHeight: letters.length < FEW_LETTERS ? 0 : xHeightOf(letters.map(side)),
    specks: countSpecks(found) / Math.max(1, letters.length),
  };
}

/** Of a page of figures or of capitals only: that of its type. */
function xHeightOf(heights: number[]): number {
  const small = percentile(heights, X_HEIGHT_PERCENTILE);
  const tall = percentile(heights, ALIKE.percentile);
  return small < ALIKE.share * tall ? small : X_HEIGHT_OF_CAPITALS * small;
}

/** Whether it may be a piece of a fine rule, into hundreds of which one falls apart that slopes. */
function isDash(width: number, height: number): boolean {
  const thickness = Math.min(width, height);
  return thickness <= MOST_FINE && Math.max(width, height) >= LEAST_DASH * thickness;
}

function percentile(values: number[], share: number): number {
  return values.sort((one, other) => one - other)[Math.floor(share * values.length)] ?? 0;
}
