import type { GrayRaster } from '#worker/page/raster.ts';
import { flattenBackground } from './background.ts';
import { findComponents } from './components.ts';
import { findLetters } from './letters.ts';
import { type Light, measureLight } from './light.ts';
import { type Lines, measureLines } from './lines.ts';
import { halve } from './scale.ts';
import { measureTiles, type Tiles } from './tiles.ts';

/** What is known of a page before it is read. Lengths are in pixels of its raster. */
export interface Measures {
  tiles: Tiles;
  light: Light;
  /** Whether no one threshold can tell its ink from its paper. */
  uneven: boolean;
  /** Letters found, and the height of those without ascenders; 0 where there are too few. */
  letters: number;
  xHeight: number;
  /** Null where there are too few letters. */
  lines: Lines | null;
}

/** Pixels above which a page is measured at half its size. */
const ENOUGH_PIXELS = 5_000_000;
/** Share of the tiles that one threshold may misjudge: text on plain paper stays below 0.03. */
const MOST_MISJUDGED = 0.1;

export function measurePage(raster: GrayRaster): Measures {
  if (raster.data.length > ENOUGH_PIXELS) return enlarged(measurePage(halve(raster)), 2);
  const tiles = measureTiles(raster);
  const light = measureLight(tiles);
  const uneven = light.misjudged > MOST_MISJUDGED;
  const even = uneven ? flattenBackground(raster, tiles) : raster;
  const threshold = uneven ? measureLight(measureTiles(even)).threshold : light.threshold;
  const letters = findLetters(findComponents(even, threshold));
  const lines = measureLines(letters, raster.width, raster.height);
  return { tiles, light, uneven, letters: letters.count, xHeight: letters.xHeight, lines };
}

/** The measures of a page of which a smaller raster was measured. */
function enlarged(measures: Measures, scale: number): Measures {
  return {
    ...measures,
    tiles: { ...measures.tiles, size: measures.tiles.size * scale },
    xHeight: measures.xHeight * scale,
  };
}
