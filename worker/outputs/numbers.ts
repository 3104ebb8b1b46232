import type { Box } from '#server/pages/layout.ts';

/** At most so many decimals, none where they are zero. */
export function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

/** The whole pixels that a box touches, as it starts and ends. */
export function wholePixels([x0, y0, x1, y1]: Box): Box {
  return [Math.floor(x0), Math.floor(y0), Math.ceil(x1), Math.ceil(y1)];
}
