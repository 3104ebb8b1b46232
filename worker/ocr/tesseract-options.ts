import type { GrayRaster } from '#worker/page/raster.ts';
import type { RecognizeOptions } from './engine.ts';

/** Tesseract's page segmentation modes. */
export const PAGE_SEGMENTATION = {
  auto: '3',
  block: '6',
  sparse: '11',
  column: '4',
  line: '7',
} as const satisfies Record<RecognizeOptions['segmentation'], string>;

/** Below this the orientation is a guess; the confidence is the lead over the second best. */
export const LEAST_TURN_CONFIDENCE = 1;
/** The same of the script. */
export const LEAST_SCRIPT_CONFIDENCE = 1;

/** Tesseract refuses less; a poster has letters in proportion. */
const LEAST_DPI = 70;
const USUAL_DPI = 200;

/** The resolution to tell Tesseract. */
export function usableDpi({ dpi }: GrayRaster): number {
  return dpi < LEAST_DPI ? USUAL_DPI : Math.round(dpi);
}
