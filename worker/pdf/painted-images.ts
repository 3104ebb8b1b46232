import { pdfjs } from './library.ts';
import { type Matrix, multiply } from './matrix.ts';

/** An image as the page paints it. */
export interface PaintedImage {
  /** From the unit square to points of the page as displayed, y down. */
  matrix: Matrix;
  /** Pixels of the image as its dictionary has them, NaN where the operator does not say. */
  width: number;
  height: number;
  /** Its name in the page's objects; null for masks and inline images. */
  id: string | null;
}

type Size = Pick<PaintedImage, 'width' | 'height'>;
type Scale = [a: number, b: number, c: number, d: number];

const { OPS } = pdfjs;
const UNKNOWN: Size = { width: Number.NaN, height: Number.NaN };

/** The images that an operator paints; `matrix` leads from its space to points of the page. */
export function paintedImages(
  operator: number,
  args: readonly unknown[],
  matrix: Matrix,
): PaintedImage[] {
  const image = ({ width, height }: Size, transform?: Matrix): PaintedImage => ({
    matrix: transform ? multiply(matrix, transform) : matrix,
    width: Number(width),
    height: Number(height),
    id: null,
  });
  const repeated = (size: Size, scale: Scale, positions: number[]) =>
    pairs(positions).map(([x, y]) => image(size, [...scale, x, y]));
  switch (operator) {
    case OPS.paintImageXObject: {
      const [id, width, height] = args as [string, number, number];
      return [{ ...image({ width, height }), id }];
    }
    case OPS.paintImageMaskXObject:
    case OPS.paintInlineImageXObject:
      return [image(args[0] as Size)];
    case OPS.paintImageXObjectRepeat: {
      const [, scaleX, scaleY, positions] = args as [string, number, number, number[]];
      return repeated(UNKNOWN, [scaleX, 0, 0, scaleY], positions);
    }
    case OPS.paintImageMaskXObjectRepeat: {
      const [size, a, b, c, d, positions] = args as [Size, ...Scale, number[]];
      return repeated(size, [a, b, c, d], positions);
    }
    case OPS.paintImageMaskXObjectGroup: {
      const masks = args[0] as (Size & { transform: Matrix })[];
      return masks.map((mask) => image(mask, mask.transform));
    }
    case OPS.paintInlineImageXObjectGroup: {
      const parts = args[1] as { w: number; h: number; transform: Matrix }[];
      return parts.map(({ w, h, transform }) => image({ width: w, height: h }, transform));
    }
    default:
      return [];
  }
}

function pairs(numbers: number[]): [number, number][] {
  return Array.from({ length: numbers.length >> 1 }, (_, index) => [
    numbers[2 * index] as number,
    numbers[2 * index + 1] as number,
  ]);
}
