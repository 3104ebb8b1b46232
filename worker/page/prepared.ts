import type { Block, Layout } from '#server/pages/layout.ts';
import type { GrayRaster, PageRaster } from './raster.ts';

/** Why a page without text of its own has none, where only what is there was to be taken. */
export const UNREAD = 'Nothing was to be read, and the page has no text of its own.';

interface Prepared {
  /** Why the page is read, or why not, in one sentence. */
  reason: string;
  warnings: string[];
}

/** A page whose text is known without recognising anything. */
export interface FinishedPage extends Prepared {
  kind: 'finished';
  source: Extract<Layout['source'], 'native' | 'blank'>;
  /** The nominal raster, in whose pixels the blocks are. */
  width: number;
  height: number;
  dpi: number;
  blocks: Block[];
}

/** A page to be read. */
export interface DrawnPage extends Prepared {
  kind: 'drawn';
  raster: PageRaster;
  /** What is to be read: the raster, or what its own text leaves of it; null where that is nothing. */
  toRead: GrayRaster | null;
  /** The page's own text in pixels of the raster; recognised words that lie on it are left out. */
  native: Block[];
}

/** What a page turned out to be, before anything is recognised. */
export type PreparedPage = FinishedPage | DrawnPage;
