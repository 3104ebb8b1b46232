import type { GrayRaster } from '#worker/page/raster.ts';
import { flattenBackground } from './background.ts';
import { findComponents } from './components.ts';
import { invert } from './invert.ts';
import { findLetters } from './letters.ts';
import { type Light, measureLight } from './light.ts';
import { type Lines, measureLines } from './lines.ts';
import { halve } from './scale.ts';
import { smoothen } from './smoothen.ts';
import { measureTiles, type Tiles } from './tiles.ts';

/** What is known of a page before it is read. Lengths are in pixels of its raster. */
export interface Measures {
  /** What is bright on dark was turned round before the rest was measured. */
  inverted: boolean;
  tiles: Tiles;
  light: Light;
  /** Whether no one threshold can tell its ink from its paper. */
  uneven: boolean;
  /** The same once uneven light is taken away. */
  flat: Light;
  /** Letters found, and the height of those without ascenders; 0 where there are too few. */
  letters: number;
  xHeight: number;
  specks: number;
  /** Null where there are too few letters. */
  lines: Lines | null;
}

/** Pixels above which a page is measured at half its size. */
const ENOUGH_PIXELS = 5_000_000;
/** Share of the tiles that one threshold may misjudge, as under a stain, and evenness of good pages' light. */
const MOST_MISJUDGED = 0.003;
const EVEN = 0.9;
/** Noise in the contrast of the text that tears letters apart at a threshold. */
const GRAINY = 0.1;
/** Where strokes end, between ink and paper. */
const EDGE = 0.45;

export function measurePage(raster: GrayRaster, inverted = false): Measures {
  if (raster.data.length > ENOUGH_PIXELS) return enlarged(measurePage(halve(raster)), 2);
  const tiles = measureTiles(raster);
  const light = measureLight(tiles);
  if (light.inverted && !inverted) return measurePage(invert(raster), true);
  const uneven = light.misjudged > MOST_MISJUDGED && light.evenness < EVEN;
  const even = uneven ? flattenBackground(raster, tiles) : raster;
  const flat = uneven ? measureLight(measureTiles(even)) : light;
  const grain = flat.contrast === 0 ? 0 : flat.noise / flat.contrast;
  const smooth = grain > GRAINY ? smoothen(even) : even;
  const letters = findLetters(findComponents(smooth, flat.paper - EDGE * flat.contrast));
  const lines = measureLines(letters, raster.width, raster.height);
  const { count, xHeight, specks } = letters;
  return { inverted, tiles, light, uneven, flat, letters: count, xHeight, specks, lines };
}

/** The measures of a page of which a smaller raster was measured. */
function enlarged(measures: Measures, scale: number): Measures {
  return {
    ...measures,
    tiles: { ...measures.tiles, size: measures.tiles.size * scale },
    xHeight: measures.xHeight * scale,
  };
}
