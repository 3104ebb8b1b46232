import type { Preparation } from '#server/pages/layout.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { flattenBackground } from './background.ts';
import { measureLight } from './light.ts';
import { measureTiles } from './tiles.ts';

export interface PreparedRaster {
  raster: GrayRaster;
  /** What was done, in order, and why. */
  steps: Preparation[];
}

/** Share of the tiles that one threshold may misjudge: text on plain paper stays below 0.03. */
const MOST_MISJUDGED = 0.1;

/** Measures a page and treats what would keep the engine from reading it; good pages stay as they are. */
export function prepareRaster(raster: GrayRaster): PreparedRaster {
  const tiles = measureTiles(raster);
  const light = measureLight(tiles);
  if (light.misjudged <= MOST_MISJUDGED) return { raster, steps: [] };
  const reason = `One threshold would misjudge ${percent(light.misjudged)} of the page; its darker paper has ${percent(light.evenness)} of the light of its brighter.`;
  return {
    raster: flattenBackground(raster, tiles),
    steps: [{ step: 'background', reason }],
  };
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
