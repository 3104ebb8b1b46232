import type { Turn } from '#worker/page/preview.ts';
import type { Letters } from './letters.ts';
import { measureNeighbours } from './neighbours.ts';

/** How the lines of a page stand. */
export interface Lines {
  /** Clockwise degrees that bring the page upright, but for the skew. */
  turn: Turn;
  /** Share of the letters whose nearest neighbour is on their line. */
  neighbours: number;
  /** How much more the letters line up this way than on the head; 1 not at all. */
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
 * Finds along which axis letters stand close together, and the direction near it in which they line
 * up best: by the sharpest histogram of where their feet are (after W. Postl, "Detection of linear
 * oblique structures and skew scan in digitized documents", 1986, on components as H. Baird has it,
 * "The skew angle of printed documents", 1987). Letters of most scripts stand on one line, but end at
 * several heights: so feet are told from heads.
 */
export function measureLines(letters: Letters, width: number, height: number): Lines | null {
  const beside = letters.xHeight === 0 ? null : measureNeighbours(letters);
  if (beside === null) return null;
  const turns: Turn[] = beside >= 0.5 ? [0, 180] : [90, 270];
  const ways = turns.map((turn) => ({ turn, ...bestDirection(letters, turn, width, height) }));
  const [best, other] = ways.sort((a, b) => b.sharpness - a.sharpness) as [Way, Way];
  return {
    turn: best.turn,
    neighbours: Math.max(beside, 1 - beside),
    leadOverHead: best.sharpness / other.sharpness,
    skew: best.skew,
    sharpness: best.sharpness,
  };
}

interface Way extends Direction {
  turn: Turn;
}

interface Direction {
  skew: number;
  sharpness: number;
}

function bestDirection(letters: Letters, turn: Turn, width: number, height: number): Direction {
  const feet = feetAfterTurn(letters, turn, width, height);
  const bin = Math.max(1, BIN_SHARE * letters.xHeight);
  // The same for each turn, wherever on the page the text stands: the ways are compared.
  const longest = Math.max(width, height);
  const coarse = sharpest(feet, { bin, longest }, 0, MOST_SKEW, COARSE_STEP);
  const fine = { bin: Math.max(1, bin / 2), longest };
  return sharpest(feet, fine, coarse.skew, COARSE_STEP, FINE_STEP);
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
  { bin, longest }: { bin: number; longest: number },
  middle: number,
  reach: number,
  step: number,
): Direction {
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
