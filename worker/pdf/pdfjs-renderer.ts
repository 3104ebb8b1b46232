import { createCanvas } from '@napi-rs/canvas';
import type { PDFPageProxy } from 'pdfjs-dist';
import { toFanfoldError } from '#server/errors.ts';
import { isColored, type PageRaster, type Pixels, toGray } from '#worker/page/raster.ts';
import { pdfjs } from './library.ts';
import type { PageRenderer } from './renderer.ts';

/** Draws a page with pdf.js on a canvas. */
export function pdfjsRenderer(page: PDFPageProxy): PageRenderer {
  return { name: 'pdf.js', render: (dpi) => draw(page, dpi) };
}

async function draw(page: PDFPageProxy, dpi: number): Promise<PageRaster> {
  const viewport = page.getViewport({ scale: dpi / 72 });
  const width = Math.max(1, Math.round(viewport.width));
  const height = Math.max(1, Math.round(viewport.height));
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  try {
    await page.render({
      canvas: null,
      canvasContext: context as unknown as CanvasRenderingContext2D,
      viewport,
      annotationMode: pdfjs.AnnotationMode.ENABLE,
    }).promise;
  } catch (error) {
    throw toFanfoldError(error, 'RENDER_FAILED');
  }
  const { data } = context.getImageData(0, 0, width, height);
  const pixels: Pixels = { data: new Uint8Array(data.buffer), width, height, channels: 4 };
  return {
    gray: { data: toGray(pixels), width, height, dpi },
    color: isColored(pixels) ? pixels : null,
  };
}
