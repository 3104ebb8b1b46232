import { boxOf, type Components } from '#worker/prepare/components.ts';

/** Inches: sides of a dot, and from one to the next. */
const MOST_SIDE = 0.035;
const MOST_STEP = 0.16;
/** Fewer dots than this may be an ellipsis. */
const LEAST_DOTS = 6;

/** The components that are dots of rows that lead from a text to its number. */
export function findLeaders(found: Components, dpi: number): number[] {
  const dots: number[] = [];
  const side = MOST_SIDE * dpi;
  for (let index = 0; index < found.count; index++) {
    const [x0, y0, x1, y1] = boxOf(found, index);
    if (x1 - x0 <= side && y1 - y0 <= side && (found.area[index] as number) >= 2) dots.push(index);
  }
  const top = (index: number) => found.y0[index] as number;
  const bottom = (index: number) => found.y1[index] as number;
  const rows: number[][] = [];
  for (const dot of dots.sort(
    (one, other) => bottom(one) - bottom(other) || top(one) - top(other),
  )) {
    const row = rows.at(-1);
    if (row && bottom(dot) - bottom(row[0] as number) <= Math.max(2, side / 3)) row.push(dot);
    else rows.push([dot]);
  }
  return rows.flatMap((row) => sequences(found, row, MOST_STEP * dpi));
}

/** The parts of a row of dots whose steps are alike. */
function sequences(found: Components, row: number[], most: number): number[] {
  const center = (index: number) => ((found.x0[index] as number) + (found.x1[index] as number)) / 2;
  const parts: number[][] = [];
  for (const dot of row.sort((one, other) => center(one) - center(other))) {
    const part = parts.at(-1);
    const last = part?.at(-1);
    if (part && last !== undefined && center(dot) - center(last) <= most) part.push(dot);
    else parts.push([dot]);
  }
  return parts.filter((part) => part.length >= LEAST_DOTS && isEven(part.map(center))).flat();
}

/** Whether most steps are about as long as the usual one. */
function isEven(places: number[]): boolean {
  const steps = places.slice(1).map((place, index) => place - (places[index] as number));
  const usual = [...steps].sort((one, other) => one - other)[steps.length >> 1] as number;
  const alike = steps.filter((step) => Math.abs(step - usual) <= Math.max(1.5, 0.25 * usual));
  return alike.length >= 0.6 * steps.length;
}
