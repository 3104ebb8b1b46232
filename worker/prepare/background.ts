import type { GrayRaster } from '#worker/page/raster.ts';
import type { Tiles } from './tiles.ts';

/** Divides the raster by its background, so that paper is white everywhere. */
export function flattenBackground(raster: GrayRaster, tiles: Tiles): GrayRaster {
  const { data, width, height } = raster;
  const { size, columns, rows, paper } = tiles;
  const [left, shares] = interpolation(width, size, columns);
  const gains = new Float32Array(columns + 1);
  const flat = new Uint8Array(data.length);
  for (let y = 0, at = 0; y < height; y++) {
    writeGains(gains, paper, columns, Math.min(rows - 1, Math.max(0, (y + 0.5) / size - 0.5)));
    for (let x = 0; x < width; x++, at++) {
      const column = left[x] as number;
      const gain = gains[column] as number;
      const next = gains[column + 1] as number;
      const value = (data[at] as number) * (gain + (next - gain) * (shares[x] as number));
      flat[at] = Math.min(value, 255);
    }
  }
  return { ...raster, data: flat };
}

/** Of each pixel of a row: the tile whose middle is left of it, and how far it is on to the next. */
function interpolation(width: number, size: number, columns: number) {
  const left = new Uint16Array(width);
  const shares = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const position = Math.min(columns - 1, Math.max(0, (x + 0.5) / size - 0.5));
    left[x] = position;
    shares[x] = position - (left[x] as number);
  }
  return [left, shares] as const;
}

/** What the pixels of a row are multiplied by, at the middles of the tiles. The last one stands twice. */
function writeGains(
  gains: Float32Array,
  paper: Float32Array,
  columns: number,
  position: number,
): void {
  const top = Math.floor(position) * columns;
  const bottom = Math.ceil(position) * columns;
  const share = position % 1;
  for (let column = 0; column < columns; column++) {
    const level =
      (paper[top + column] as number) * (1 - share) + (paper[bottom + column] as number) * share;
    gains[column] = 255 / Math.max(1, level);
  }
  gains[columns] = gains[columns - 1] as number;
}
