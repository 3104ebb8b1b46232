import type { Layout } from '#server/pages/layout.ts';
import type { Matrix } from '#worker/pdf/matrix.ts';

/** From the upright page to the page as it was displayed before it was turned, both in pixels. */
export function turnedBack({
  rotation,
  width,
  height,
}: Pick<Layout, 'rotation' | 'width' | 'height'>): Matrix {
  switch (rotation) {
    case 0:
      return [1, 0, 0, 1, 0, 0];
    case 90:
      return [0, -1, 1, 0, 0, width];
    case 180:
      return [-1, 0, 0, -1, width, height];
    case 270:
      return [0, 1, -1, 0, height, 0];
  }
}
