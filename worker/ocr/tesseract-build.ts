import type { Turn } from '#worker/page/preview.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { RecognizeOptions } from './engine.ts';
import type { LayoutBlock } from './lstm/runs.ts';

/** What Tesseract sees of a raster before it reads; confidences are leads over the second best. */
export interface Orientation {
  /** Clockwise degrees that make the raster upright. */
  turn: Turn;
  turnConfidence: number;
  /** Tesseract's name of the script, e.g. `Cyrillic`. */
  script: string;
  scriptConfidence: number;
}

/** What is taken from Tesseract, one raster at a time, by whichever way its code is run. */
export interface TesseractBuild {
  /** Known once it has done something. */
  readonly version: string;
  /** Tells it from builds that may answer otherwise and are not told apart by this code's own version. */
  readonly identity: string;
  /** Blocks, lines and where letters stand, without reading them. Rejects with the signal's reason. */
  layOut(raster: GrayRaster, options: RecognizeOptions): Promise<LayoutBlock[]>;
  /** Reads by itself, as hOCR 1.2. Rejects with the signal's reason, or RECOGNITION_FAILED. */
  readAsHocr(raster: GrayRaster, options: RecognizeOptions): Promise<string>;
  /** Null where it cannot tell. Needs the orientation data. */
  orientationOf(raster: GrayRaster): Promise<Orientation | null>;
  close(): Promise<void>;
}
