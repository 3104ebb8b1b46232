import type { Box } from '#server/pages/layout.ts';
import type { DrawnFonts, Operators } from './drawn-fonts.ts';
import { pdfjs } from './library.ts';
import { type Matrix, multiply, transformBox } from './matrix.ts';
import { type PaintedImage, paintedImages } from './painted-images.ts';
import { setText } from './text-operators.ts';
import { type PlacedGlyph, type ShownGlyph, TextState } from './text-state.ts';

/** A character that the page shows, where it stands, and whether a reader sees it. */
export interface PageGlyph extends PlacedGlyph {
  font: string;
  /** Points. */
  height: number;
  /** Neither drawn invisibly, nor under an image that was painted later. */
  visible: boolean;
  /** The image that covers a glyph that was drawn visibly. */
  under: string | null;
}

/** What a page paints, found without painting it. */
export interface PageContent {
  images: PaintedImage[];
  /** In the order in which they are shown; those that are not on the page are left out. */
  glyphs: PageGlyph[];
  /** Characters in annotations and form fields, which are no part of the page's own text. */
  annotationGlyphs: number;
  /** Glyphs that are a space by their map of characters only. */
  blanks: number;
  /** Fonts of which a glyph is a picture, or many letters. */
  pictureFonts: Set<string>;
  /** Outlines: of a path of many points as many as letters would take. */
  paths: number;
  shadings: number;
  /** Clipping or compositing that a single image may be subject to. */
  composited: boolean;
}

type Args = readonly unknown[];
const { OPS } = pdfjs;
const INVISIBLE = 3;
const CLIP_ONLY = 7;
const UNIT_SQUARE: Box = [0, 0, 1, 1];
/** Share of the page by which a glyph may begin outside of it and still be seen in part. */
const MARGIN = 0.05;
/** An image that covers less of the page hides no text. */
const LEAST_COVER = 0.02;
/** Images beyond this many are not looked under. */
const MAX_COVERS = 500;
/** A picture within a pattern or a glyph that covers less of the page is a letter or a texture. */
const LEAST_PICTURE = 0.01;
/** Outlines that a letter of a font does not have. */
const MANY_OUTLINES = 60;
/** Numbers that the outline of a letter takes. */
const NUMBERS_OF_LETTER = 40;
/** Patterns and glyphs within each other that are looked into. */
const MAX_DEPTH = 3;

/** Reads the operator list of a page of this size; `toPage` leads to its points as displayed. */
export function readOperators(
  list: Operators,
  toPage: Matrix,
  size: { width: number; height: number },
  fonts: DrawnFonts = new Map(),
): PageContent {
  return new OperatorReader(toPage, size, { fonts, depth: 0 }).readAll(list);
}

interface Surroundings {
  fonts: DrawnFonts;
  depth: number;
}

class OperatorReader {
  readonly content: PageContent = {
    images: [],
    glyphs: [],
    annotationGlyphs: 0,
    blanks: 0,
    pictureFonts: new Set(),
    paths: 0,
    shadings: 0,
    composited: false,
  };
  #state: State;
  readonly #saved: State[] = [];
  readonly #toPage: Matrix;
  readonly #size: { width: number; height: number };
  readonly #around: Surroundings;
  #inAnnotation = false;
  #covers = 0;

  constructor(toPage: Matrix, size: { width: number; height: number }, around: Surroundings) {
    this.#state = { matrix: toPage, text: new TextState(), opaque: true };
    this.#toPage = toPage;
    this.#size = size;
    this.#around = around;
  }

  readAll({ fnArray, argsArray }: Operators): PageContent {
    fnArray.forEach((operator, index) => {
      this.read(operator, (argsArray[index] ?? []) as Args);
    });
    return this.content;
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
        this.content.paths += outlinesIn(args);
        return;
      case OPS.shadingFill:
        this.content.shadings++;
        return;
      case OPS.showText:
        return this.#showText(args[0] as ShownGlyph[]);
      case OPS.setFillColorN:
      case OPS.setStrokeColorN: {
        const [kind, , list, matrix] = args as [string, unknown, Operators, Matrix | null];
        if (kind !== 'TilingPattern') return;
        return this.#lookInto(list, matrix ? multiply(this.#toPage, matrix) : this.#toPage);
      }
      default:
        setText(this.#state.text, operator, args);
        return this.#paintImage(operator, args);
    }
  }

  #save(): void {
    this.#saved.push({ ...this.#state, text: this.#state.text.copy() });
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
      this.#state.opaque &&= plain;
      if (key === 'Font') {
        const [font, size] = value as [string, number];
        this.#state.text.setFont(font, size);
      }
    }
  }

  #showText(shown: ShownGlyph[]): void {
    const { text, matrix } = this.#state;
    const { font, mode } = text;
    const drawn = this.#around.fonts.get(font);
    const { glyphs, height, drawings, blanks } = text.show(shown, matrix, drawn?.fontMatrix);
    this.content.blanks += blanks;
    const pictures = new Set<PlacedGlyph | undefined>();
    for (const drawing of mode === INVISIBLE ? [] : drawings) {
      const list = drawn?.charProcOperatorList.get(drawing.name);
      if (list && this.#lookInto(list, drawing.matrix)) pictures.add(drawing.glyph);
    }
    if (pictures.size > 0) this.content.pictureFonts.add(font);
    if (this.#inAnnotation) {
      this.content.annotationGlyphs += glyphs.length;
      return;
    }
    const visible = mode !== INVISIBLE && mode !== CLIP_ONLY;
    for (const glyph of glyphs) {
      if (!this.#isOnPage(glyph) || pictures.has(glyph)) continue;
      this.content.glyphs.push({ ...glyph, font, height, visible, under: null });
    }
  }

  /**
   * Takes the large pictures of what is drawn within a pattern or as a glyph, and tells whether it is more
   * than a letter; its text is outlines to a reader.
   */
  #lookInto(list: Operators, matrix: Matrix): boolean {
    const { fonts, depth } = this.#around;
    if (depth >= MAX_DEPTH) return false;
    const inner = new OperatorReader(matrix, this.#size, { fonts, depth: depth + 1 });
    const { images, glyphs, paths } = inner.readAll(list);
    const pictures = images.filter((image) => this.#shareOf(image.matrix) >= LEAST_PICTURE);
    this.content.images.push(...pictures);
    this.content.paths += glyphs.length + (paths > MANY_OUTLINES ? paths : 0);
    this.content.composited ||= pictures.length > 0;
    return pictures.length > 0 || paths > MANY_OUTLINES;
  }

  /** Of the page that the unit square covers after the matrix. */
  #shareOf(matrix: Matrix): number {
    const [x0, y0, x1, y1] = transformBox(matrix, UNIT_SQUARE);
    return ((x1 - x0) * (y1 - y0)) / (this.#size.width * this.#size.height);
  }

  #isOnPage({ x, y }: PlacedGlyph): boolean {
    const { width, height } = this.#size;
    const within = (at: number, side: number) => at >= -MARGIN * side && at <= (1 + MARGIN) * side;
    return within(x, width) && within(y, height);
  }

  /** What an image is painted over is not seen. */
  #cover(image: string, matrix: Matrix): void {
    const [x0, y0, x1, y1] = transformBox(matrix, UNIT_SQUARE);
    if (this.#shareOf(matrix) < LEAST_COVER || this.#covers++ > MAX_COVERS) return;
    for (const glyph of this.content.glyphs) {
      const inside = glyph.x >= x0 && glyph.x <= x1 && glyph.y >= y0 && glyph.y <= y1;
      if (!inside || !glyph.visible) continue;
      glyph.visible = false;
      glyph.under = image;
    }
  }

  #paintImage(operator: number, args: Args): void {
    const { matrix, opaque } = this.#state;
    for (const image of paintedImages(operator, args, matrix)) {
      if (opaque && image.id !== null) this.#cover(image.id, matrix);
      this.content.images.push(image);
    }
  }
}

/** The first argument is what is done with the path, the second its points. */
function outlinesIn([operator, path]: Args): number {
  const [points] = Array.isArray(path) ? (path as (Float32Array | null)[]) : [];
  const letters = Math.floor((points?.length ?? 0) / NUMBERS_OF_LETTER);
  // One that is neither filled nor stroked may cut letters out of something else.
  return operator === OPS.endPath ? letters : Math.max(1, letters);
}

interface State {
  matrix: Matrix;
  text: TextState;
  /** Whether what is painted hides what is under it. */
  opaque: boolean;
}
