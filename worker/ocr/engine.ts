import type { PageOptions } from '#server/documents/schemas.ts';
import type { Block } from '#server/pages/layout.ts';
import type { Usage } from '#server/pages/usage.ts';
import type { Turn } from '#worker/page/preview.ts';
import type { GrayRaster } from '#worker/page/raster.ts';

export interface RecognizeOptions {
  /** Tesseract language names, at least one, the most likely first. */
  languages: string[];
  segmentation: PageOptions['segmentation'];
  /** Share of the work done, 0–1. */
  onProgress?: (share: number) => void;
  /** Stops the reading, which rejects with its reason. */
  signal?: AbortSignal;
}

export interface Recognition {
  /** In reading order, boxes and baselines in pixels of the raster that was given. */
  blocks: Block[];
}

export interface Refinement extends Recognition {
  /** What it took, where that is paid for. */
  usage: Usage;
}

/**
 * Turns prepared pixels into words. An engine is used by one task at a time and keeps what it has
 * loaded; its process is what is ended to stop it.
 */
export interface Engine {
  readonly name: string;
  /** Known once the engine has read something. */
  readonly version: string;
  /** Set where a page is taken as it is and parts of it cannot be read by themselves. */
  readonly wholePagesOnly?: boolean;
  /**
   * Rejects with LANGUAGE_MISSING where there is no data for a language, RECOGNITION_FAILED where
   * the engine cannot read the raster.
   */
  recognize(raster: GrayRaster, options: RecognizeOptions): Promise<Recognition>;
  /**
   * What its readings depend on besides the page and what is asked: itself and the data of the
   * languages. Engines without it read every page anew. Rejects as `recognize` does.
   */
  identify?(languages: string[]): Promise<string>;
  /**
   * Called once with the upright page and the reading of it that was kept, by engines that have more
   * to say than is affordable at every try. Takes and answers blocks in pixels of the raster.
   */
  refine?(raster: GrayRaster, blocks: Block[]): Promise<Refinement>;
  /** Clockwise degrees that make the raster upright; null where that cannot be told. */
  findTurn(raster: GrayRaster): Promise<Turn | null>;
  /** Tesseract's name of the script that the raster is written in, e.g. `Cyrillic`; null where that cannot be told. */
  findScript?(raster: GrayRaster): Promise<string | null>;
  close(): Promise<void>;
}
