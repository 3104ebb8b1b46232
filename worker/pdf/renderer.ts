import type { PageRaster } from '#worker/page/raster.ts';

/** A way to draw pages. Rejects with RENDER_FAILED where it cannot. */
export interface PageRenderer {
  readonly name: 'pdf.js' | 'PDFium';
  /** Draws the page on white, upright, at this resolution, which is within the limits. */
  render(dpi: number): Promise<PageRaster>;
}
