import type { GrayRaster } from '#worker/page/raster.ts';
import type { Engine } from './engine.ts';

const LINES = 12;
const LINE_HEIGHT = 40;
const MARGIN = 30;
const WIDTH = 800;

/**
 * Has an engine load these languages and read a few lines of strokes, so that its code is compiled
 * before the first page comes.
 */
export async function warmUp(makeEngine: () => Engine, languages: string[]): Promise<void> {
  try {
    await makeEngine().recognize(drawStrokes(), { languages, segmentation: 'auto' });
  } catch {
    // The page that needs it will tell.
  }
}

/** Rows of marks that pass for letters: what is read in them does not matter, only that it is tried. */
function drawStrokes(): GrayRaster {
  const height = 2 * MARGIN + LINES * LINE_HEIGHT;
  const data = new Uint8Array(WIDTH * height).fill(255);
  for (let index = 0; index < LINES * 60; index++) {
    // Every seventh mark is left out, and the shapes vary, as in words.
    if (index % 7 === 0) continue;
    const x = MARGIN + (index % 60) * 12;
    const y = MARGIN + Math.floor(index / 60) * LINE_HEIGHT;
    drawMark(data, x, y, index);
  }
  return { data, width: WIDTH, height, dpi: 200 };
}

function drawMark(data: Uint8Array, x: number, y: number, shape: number): void {
  const fill = (left: number, top: number, width: number, height: number) => {
    for (let row = top; row < top + height; row++) {
      data.fill(0, row * WIDTH + left, row * WIDTH + left + width);
    }
  };
  const rise = shape % 5 === 0 ? 6 : 0;
  fill(x, y - rise, 3, 16 + rise);
  if (shape % 2 === 0) fill(x + 6, y, 3, 16);
  if (shape % 3 !== 0) fill(x, y, 9, 3);
  if (shape % 4 !== 0) fill(x, y + 13, 9, 3);
}
