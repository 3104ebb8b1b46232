import type { PDFPageProxy } from 'pdfjs-dist';
import type { PDFOperatorList } from 'pdfjs-dist/types/src/display/api.js';
import { pdfjs } from './library.ts';
import type { Matrix } from './matrix.ts';
import type { ShownGlyph } from './text-state.ts';

/** Operators and what each is called with. */
export type Operators = Pick<PDFOperatorList, 'fnArray' | 'argsArray'>;

/** A font of Type 3: each of its glyphs is a drawing, which may be a picture or a whole page. */
export interface DrawnFont {
  /** From the space of a glyph to that of text. */
  fontMatrix: Matrix;
  charProcOperatorList: ReadonlyMap<string, Operators>;
}

export type DrawnFonts = ReadonlyMap<string, DrawnFont>;

/** The fonts of Type 3 that a page shows text in, by pdf.js's names for them. */
export async function drawnFonts(proxy: PDFPageProxy, list: Operators): Promise<DrawnFonts> {
  const fonts = await Promise.all(
    [...namesOf(list)].map(async (name) => {
      const font = await new Promise<DrawnFont | null>((resolve) => {
        proxy.commonObjs.get(name, resolve);
      });
      return font?.charProcOperatorList ? ([[name, font]] as const) : [];
    }),
  );
  return new Map(fonts.flat());
}

function namesOf({ fnArray, argsArray }: Operators): Set<string> {
  const { OPS } = pdfjs;
  const names = new Set<string>();
  let font = '';
  fnArray.forEach((operator, index) => {
    const [first] = (argsArray[index] ?? []) as unknown[];
    if (operator === OPS.setFont) font = first as string;
    if (operator === OPS.showText && (first as ShownGlyph[]).some(isDrawing)) names.add(font);
  });
  return names;
}

function isDrawing(glyph: ShownGlyph): boolean {
  return typeof glyph === 'object' && glyph?.operatorListId !== undefined;
}
