import type { PDFOperatorList } from 'pdfjs-dist/types/src/display/api.js';
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

/** What a page paints, found without painting it. */
export interface PageContent {
  images: PaintedImage[];
  /** For each character shown, in order: the character, and whether a reader sees it. */
  glyphs: { text: string; visible: boolean }[];
  /** Characters in annotations and form fields, which are no part of the page's own text. */
  annotationGlyphs: number;
  paths: number;
  shadings: number;
  /** Clipping or compositing that a single image may be subject to. */
  composited: boolean;
}

type Args = readonly unknown[];
const { OPS } = pdfjs;
const INVISIBLE = 3;
const CLIP_ONLY = 7;

/** Reads the operator list of a page; `toPage` leads to its points as displayed. */
export function readOperators(list: PDFOperatorList, toPage: Matrix): PageContent {
  const reader = new OperatorReader(toPage);
  list.fnArray.forEach((operator, index) => {
    reader.read(operator, (list.argsArray[index] ?? []) as Args);
  });
  return reader.content;
}

class OperatorReader {
  readonly content: PageContent = {
    images: [],
    glyphs: [],
    annotationGlyphs: 0,
    paths: 0,
    shadings: 0,
    composited: false,
  };
  #state: { matrix: Matrix; mode: number };
  readonly #saved: { matrix: Matrix; mode: number }[] = [];
  #inAnnotation = false;

  constructor(toPage: Matrix) {
    this.#state = { matrix: toPage, mode: 0 };
  }

  read(operator: number, args: Args) {
    switch (operator) {
      case OPS.save:
        return this.#save();
      case OPS.restore:
      case OPS.paintFormXObjectEnd:
        return this.#restore();
      case OPS.transform:
        return this.#transform(args as unknown as Matrix);
      case OPS.paintFormXObjectBegin:
        this.content.composited = true;
        this.#save();
        if (args[0]) this.#transform(args[0] as Matrix);
        return;
      case OPS.beginAnnotation:
        this.#inAnnotation = true;
        this.#save();
        this.#transform(args[2] as Matrix);
        return this.#transform(args[3] as Matrix);
      case OPS.endAnnotation:
        this.#inAnnotation = false;
        return this.#restore();
      case OPS.clip:
      case OPS.eoClip:
      case OPS.beginGroup:
        this.content.composited = true;
        return;
      case OPS.setGState:
        this.#setGraphicsState(args[0] as [string, unknown][]);
        return;
      case OPS.constructPath:
      case OPS.rawFillPath:
        if (args[0] !== OPS.endPath) this.content.paths++;
        return;
      case OPS.shadingFill:
        this.content.shadings++;
        return;
      case OPS.setTextRenderingMode:
        this.#state.mode = args[0] as number;
        return;
      case OPS.showText:
        return this.#showText(args[0] as ({ unicode: string } | number)[]);
      default:
        return this.#paintImage(operator, args);
    }
  }

  #save(): void {
    this.#saved.push({ ...this.#state });
  }

  #restore(): void {
    this.#state = this.#saved.pop() ?? this.#state;
  }

  #transform(matrix: Matrix): void {
    this.#state.matrix = multiply(this.#state.matrix, matrix);
  }

  #setGraphicsState(entries: [string, unknown][]): void {
    for (const [key, value] of entries) {
      const plain =
        key === 'BM'
          ? value === 'source-over'
          : key === 'ca'
            ? value === 1
            : key !== 'SMask' || !value;
      if (!plain) this.content.composited = true;
    }
  }

  #showText(glyphs: ({ unicode: string } | number)[]): void {
    const visible = this.#state.mode !== INVISIBLE && this.#state.mode !== CLIP_ONLY;
    for (const glyph of glyphs) {
      if (typeof glyph === 'number' || glyph === null) continue;
      const text = (glyph.unicode ?? '').replace(/\s/g, '');
      if (text === '') continue;
      if (this.#inAnnotation) this.content.annotationGlyphs++;
      else this.content.glyphs.push({ text, visible });
    }
  }

  #paintImage(operator: number, args: Args) {
    switch (operator) {
      case OPS.paintImageXObject:
        return this.#addImage(args[1], args[2], args[0] as string);
      case OPS.paintImageMaskXObject:
      case OPS.paintInlineImageXObject: {
        const image = args[0] as { width: number; height: number };
        return this.#addImage(image.width, image.height, null);
      }
      case OPS.paintImageXObjectRepeat:
      case OPS.paintImageMaskXObjectRepeat:
      case OPS.paintImageMaskXObjectGroup:
      case OPS.paintInlineImageXObjectGroup:
        return this.#addGroup(operator, args);
    }
  }

  #addImage(width: unknown, height: unknown, id: string | null, matrix?: Matrix): void {
    this.content.images.push({
      matrix: matrix ? multiply(this.#state.matrix, matrix) : this.#state.matrix,
      width: Number(width),
      height: Number(height),
      id,
    });
  }

  #addGroup(operator: number, args: Args): void {
    if (operator === OPS.paintImageXObjectRepeat) {
      const [, scaleX, scaleY, positions] = args as [string, number, number, number[]];
      this.#addRepeated(Number.NaN, Number.NaN, [scaleX, 0, 0, scaleY], positions);
    } else if (operator === OPS.paintImageMaskXObjectRepeat) {
      const [image, a, b, c, d, positions] = args as [
        Size,
        number,
        number,
        number,
        number,
        number[],
      ];
      this.#addRepeated(image.width, image.height, [a, b, c, d], positions);
    } else if (operator === OPS.paintImageMaskXObjectGroup) {
      for (const image of args[0] as (Size & { transform: Matrix })[]) {
        this.#addImage(image.width, image.height, null, image.transform);
      }
    } else {
      for (const part of args[1] as { w: number; h: number; transform: Matrix }[]) {
        this.#addImage(part.w, part.h, null, part.transform);
      }
    }
  }

  #addRepeated(
    width: number,
    height: number,
    scale: [number, number, number, number],
    positions: number[],
  ): void {
    for (let at = 0; at + 1 < positions.length; at += 2) {
      this.#addImage(width, height, null, [
        ...scale,
        positions[at] as number,
        positions[at + 1] as number,
      ]);
    }
  }
}

interface Size {
  width: number;
  height: number;
}
