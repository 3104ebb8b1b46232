import type { Turn } from '#worker/page/preview.ts';
import type { Letters } from './letters.ts';

/** How the lines of a page stand. */
export interface Lines {
  /** Clockwise degrees that bring the page upright, but for the skew. */
  turn: Turn;
  /** How much more the letters line up this way than lying on a side, and than on the head; 1 not at all. */
  leadOverSide: number;
  leadOverHead: number;
  /** Degrees by which the lines stand turned clockwise, after the turn. */
  skew: number;
  /** Letters that share a baseline, in what evenly spread ones would: how much to believe. */
  sharpness: number;
}

const MOST_SKEW = 12;
const COARSE_STEP = 0.25;
const FINE_STEP = 0.02;
/** Positions within this share of an x-height are on one line. */
const BIN_SHARE = 0.2;
const MOST_LETTERS = 3_000;

/**
 * Finds the direction in which the letters line up best, by the sharpest histogram of where their
 * feet are (after W. Postl, "Detection of linear oblique structures and skew scan in digitized
 * documents", 1986, on components as H. Baird has it, "The skew angle of printed documents", 1987).
 * Letters of most scripts stand on one line, but end at several heights: so feet are told from heads.
 */
export function measureLines(letters: Letters, width: number, height: number): Lines | null {
  if (letters.xHeight === 0) return null;
  const sides: Record<Turn, Direction> = {
    0: bestDirection(letters, 0, width, height),
    90: bestDirection(letters, 90, width, height),
    180: bestDirection(letters, 180, width, height),
    270: bestDirection(letters, 270, width, height),
  };
  const turn = ([90, 180, 270] as const).reduce<Turn>(
    (best, each) => (sides[each].sharpness > sides[best].sharpness ? each : best),
    0,
  );
  const at = (clockwise: number) => sides[((turn + clockwise) % 360) as Turn].sharpness;
  const { skew, sharpness } = sides[turn];
  return {
    turn,
    skew,
    sharpness,
    leadOverSide: sharpness / Math.max(at(90), at(270)),
    leadOverHead: sharpness / at(180),
  };
}

interface Direction {
  skew: number;
  sharpness: number;
}

function bestDirection(letters: Letters, turn: Turn, width: number, height: number): Direction {
  const feet = feetAfterTurn(letters, turn, width, height);
  const bin = Math.max(1, BIN_SHARE * letters.xHeight);
  const coarse = sharpest(feet, bin, 0, MOST_SKEW, COARSE_STEP);
  return sharpest(feet, Math.max(1, bin / 2), coarse.skew, COARSE_STEP, FINE_STEP);
}

interface Feet {
  along: Float32Array;
  across: Float32Array;
}

/** Middle and lower edge of each letter in the page turned by `turn`, at random but the same ones. */
function feetAfterTurn(letters: Letters, turn: Turn, width: number, height: number): Feet {
  const step = Math.max(1, letters.count / MOST_LETTERS);
  const count = Math.floor(letters.count / step);
  const feet = { along: new Float32Array(count), across: new Float32Array(count) };
  for (let index = 0; index < count; index++) {
    const letter = Math.floor(index * step);
    const x = ((letters.x0[letter] as number) + (letters.x1[letter] as number)) / 2;
    const y = ((letters.y0[letter] as number) + (letters.y1[letter] as number)) / 2;
    const [along, across] = {
      0: [x, letters.y1[letter] as number],
      90: [height - y, letters.x1[letter] as number],
      180: [width - x, height - (letters.y0[letter] as number)],
      270: [y, width - (letters.x0[letter] as number)],
    }[turn] as [number, number];
    feet.along[index] = along;
    feet.across[index] = across;
  }
  return feet;
}

/** The angle within `reach` of `middle` at which most feet fall together. */
function sharpest(
  { along, across }: Feet,
  bin: number,
  middle: number,
  reach: number,
  step: number,
): Direction {
  const longest = Math.max(...[along, across].map((list) => list.reduce((a, b) => Math.max(a, b))));
  const offset = Math.ceil((longest * 0.25) / bin) + 1;
  const counts = new Uint16Array(Math.ceil(longest / bin) + 2 * offset);
  let best: Direction = { skew: 0, sharpness: 0 };
  for (let angle = middle - reach; angle <= middle + reach; angle += step) {
    const slope = Math.tan((angle * Math.PI) / 180);
    counts.fill(0);
    let energy = 0;
    for (let index = 0; index < along.length; index++) {
      const position = (across[index] as number) - slope * (along[index] as number);
      const at = Math.floor(position / bin) + offset;
      energy += 2 * (counts[at] as number) + 1;
      counts[at] = (counts[at] as number) + 1;
    }
    const spread = (along.length * along.length) / (longest / bin);
    if (energy / spread > best.sharpness) best = { skew: angle, sharpness: energy / spread };
  }
  return best;
}
