import { FanfoldError } from '#server/errors.ts';
import type { SourceFile } from '#worker/page/protocol.ts';
import { isColored, type PageRaster, type Pixels, toGray } from '#worker/page/raster.ts';
import { openPdfium, type PdfiumDocument } from './pdfium.ts';
import type { PageRenderer } from './renderer.ts';
import { type PageSize, POINTS_PER_INCH } from './resolution.ts';

/** A renderer of one page that PDFium has opened. */
export interface PdfiumPage extends PageRenderer {
  /** Points, as displayed. */
  size: PageSize;
}

/** Opens a page (from 1) with PDFium for as long as `use` takes; with null where it does not open. */
export async function withPdfium<T>(
  source: SourceFile,
  number: number,
  use: (page: PdfiumPage | null) => Promise<T>,
): Promise<T> {
  const document = await openPdfium(source).catch(() => null);
  try {
    const size = document?.pageSize(number - 1) ?? null;
    return await use(document && size && rendererOf(document, number - 1, size));
  } finally {
    document?.close();
  }
}

function rendererOf(document: PdfiumDocument, index: number, size: PageSize): PdfiumPage {
  return {
    name: 'PDFium',
    size,
    async render(dpi) {
      const pixels = (points: number) => Math.max(1, Math.round((points * dpi) / POINTS_PER_INCH));
      const [width, height] = [pixels(size.width), pixels(size.height)];
      const data = document.draw(index, width, height);
      if (!data) throw new FanfoldError('RENDER_FAILED', { detail: `PDFium, page ${index + 1}` });
      return toRaster(data, width, height, dpi);
    },
  };
}

function toRaster(data: Uint8Array, width: number, height: number, dpi: number): PageRaster {
  for (let at = 0; at < data.length; at += 3) {
    const blue = data[at] as number;
    data[at] = data[at + 2] as number;
    data[at + 2] = blue;
  }
  const pixels: Pixels = { data, width, height, channels: 3 };
  return {
    gray: { data: toGray(pixels), width, height, dpi },
    color: isColored(pixels) ? pixels : null,
  };
}
