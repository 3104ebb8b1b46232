import type { Installation } from './installation.ts';

/** One figure of a bar against its limit. */
export interface Finding {
  what: string;
  figure: string;
  limit: string;
  ok: boolean;
}

/** A bar of reliability: makes faults and tells what came of them. */
export interface Bar {
  /** R1–R28, or a name of ours for what they leave out. */
  id: string;
  title: string;
  /** Waits too long for the short version, which runs with every `npm test`. */
  longOnly?: boolean;
  run(world: World): Promise<Finding[]>;
}

export interface World extends Installation {
  /** Whether there is time for the full load. */
  long: boolean;
  /** How long a bar takes that can take any time; its own choice where undefined. */
  minutes: number | undefined;
  /** Pages of the standard load; its own choice where undefined. */
  pages: number | undefined;
  /** What random faults follow from; another one each time where undefined. */
  seed: number | undefined;
  log(text: string): void;
}

/** A bar that could not be tried here, and why. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}

export function atMost(what: string, figure: number, limit: number, unit = ''): Finding {
  const rounded = Math.round(figure * 100) / 100;
  return { what, figure: `${rounded}${unit}`, limit: `≤ ${limit}${unit}`, ok: figure <= limit };
}

export function atLeast(what: string, figure: number, limit: number, unit = ''): Finding {
  const rounded = Math.round(figure * 100) / 100;
  return { what, figure: `${rounded}${unit}`, limit: `≥ ${limit}${unit}`, ok: figure >= limit };
}

export function exactly<T extends string | number | boolean>(
  what: string,
  figure: T,
  limit: T,
): Finding {
  return { what, figure: String(figure), limit: String(limit), ok: figure === limit };
}

/** The six invariants; the figure names the first that is broken. */
export function holds(violations: string[]): Finding {
  const [first] = violations;
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
  return {
    what: 'invariants',
    figure: first ? `${first}${more}` : 'hold',
    limit: 'hold',
    ok: violations.length === 0,
  };
}
