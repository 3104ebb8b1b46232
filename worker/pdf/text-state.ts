import { type Matrix, multiply } from './matrix.ts';

/** A character as pdf.js hands it over; numbers between them move the next one. */
export type ShownGlyph = Shown | number | null;

interface Shown {
  unicode: string;
  width: number;
  isSpace: boolean;
  /** Of a font of Type 3: the name of its drawing. */
  operatorListId?: string;
}

/** What a run of text puts on the page. */
export interface ShownText {
  glyphs: PlacedGlyph[];
  /** Of the glyphs, points. */
  height: number;
  /** Drawings of a font of Type 3, each with the way from its space to points of the page and its character. */
  drawings: { name: string; matrix: Matrix; glyph: PlacedGlyph | undefined }[];
  /** Glyphs that are a space by their map of characters only. */
  blanks: number;
}

/** A character and where it stands. */
export interface PlacedGlyph {
  text: string;
  /** Of its origin, points of the page as displayed. */
  x: number;
  y: number;
}

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
/** Units of a glyph's width in one em. */
const EM = 1_000;

/** The text state of a content stream (ISO 32000-1, 9.3 and 9.4): it says where the next glyph goes. */
export class TextState {
  font = '';
  mode = 0;
  /** Of the font, points before any matrix. */
  #size = 0;
  #leading = 0;
  #rise = 0;
  #charSpacing = 0;
  #wordSpacing = 0;
  #scale = 1;
  #line: Matrix = IDENTITY;
  #matrix: Matrix = IDENTITY;

  copy(): TextState {
    return Object.assign(this.#twin(), { font: this.font, mode: this.mode });
  }

  #twin(): TextState {
    const twin = new TextState();
    twin.#size = this.#size;
    twin.#leading = this.#leading;
    twin.#rise = this.#rise;
    twin.#charSpacing = this.#charSpacing;
    twin.#wordSpacing = this.#wordSpacing;
    twin.#scale = this.#scale;
    twin.#line = this.#line;
    twin.#matrix = this.#matrix;
    return twin;
  }

  begin(): void {
    this.setMatrix(IDENTITY);
  }

  setMatrix(matrix: Matrix): void {
    this.#line = matrix;
    this.#matrix = matrix;
  }

  setFont(font: string, size: number): void {
    this.font = font;
    this.#size = size;
  }

  set(name: 'leading' | 'rise' | 'charSpacing' | 'wordSpacing' | 'scale', value: number): void {
    if (name === 'leading') this.#leading = -value;
    if (name === 'rise') this.#rise = value;
    if (name === 'charSpacing') this.#charSpacing = value;
    if (name === 'wordSpacing') this.#wordSpacing = value;
    if (name === 'scale') this.#scale = value / 100;
  }

  move(x: number, y: number): void {
    this.setMatrix(multiply(this.#line, [1, 0, 0, 1, x, y]));
  }

  moveWithLeading(x: number, y: number): void {
    this.#leading = y;
    this.move(x, y);
  }

  nextLine(): void {
    this.move(0, this.#leading);
  }

  /** Places the glyphs of a run; `toPage` is the current matrix, `fontMatrix` that of a font of Type 3. */
  show(glyphs: ShownGlyph[], toPage: Matrix, fontMatrix?: Matrix): ShownText {
    const shown: ShownText = { glyphs: [], height: 0, drawings: [], blanks: 0 };
    const em = fontMatrix?.[0] ?? 1 / EM;
    for (const glyph of glyphs) {
      if (glyph === null) continue;
      if (typeof glyph === 'number') {
        this.#advance((-glyph / EM) * this.#size);
        continue;
      }
      const place = multiply(toPage, multiply(this.#matrix, [1, 0, 0, 1, 0, this.#rise]));
      const [, , c, d, x, y] = place;
      shown.height = Math.hypot(c, d) * Math.abs(this.#size);
      const text = (glyph.unicode ?? '').replace(/\s/g, '');
      const placed = text === '' ? undefined : { text, x, y };
      if (placed) shown.glyphs.push(placed);
      else if (!glyph.isSpace) shown.blanks++;
      if (fontMatrix && glyph.operatorListId !== undefined) {
        const matrix = multiply(place, multiply(this.#scaling(), fontMatrix));
        shown.drawings.push({ name: glyph.operatorListId, matrix, glyph: placed });
      }
      const spacing = this.#charSpacing + (glyph.isSpace ? this.#wordSpacing : 0);
      this.#advance(glyph.width * em * this.#size + spacing);
    }
    return shown;
  }

  #scaling(): Matrix {
    return [this.#size * this.#scale, 0, 0, this.#size, 0, 0];
  }

  #advance(distance: number): void {
    const x = distance * this.#scale;
    if (Number.isFinite(x)) this.#matrix = multiply(this.#matrix, [1, 0, 0, 1, x, 0]);
  }
}
