import type { PdfFile } from './pdf-file.ts';
import { flateObject } from './pdf-file.ts';
import { encodeTrueType } from './true-type.ts';

/** Of the font, in units of 1/1000 of its size: every glyph is empty and equally wide. */
export const FONT = { width: 500, ascent: 780, descent: -220 };

const NAME = 'FanfoldGlyphless';
/** Codes of no character of their own stand for the characters beyond the first 65,536. */
const SPARE = { first: 0xd800, last: 0xdfff };
const REPLACEMENT = 0xfffd;
/** Entries of a list in a character map. */
const MAP_LIST = 100;

/**
 * A font without ink for text that is only searched and copied. Two bytes a character, which are its
 * UTF-16 code where it has one of two bytes.
 */
export class GlyphlessFont {
  /** The object number of the font, written by `finish`. */
  readonly number: number;
  readonly #file: PdfFile;
  readonly #spare = new Map<string, number>();

  constructor(file: PdfFile) {
    this.#file = file;
    this.number = file.reserve();
  }

  /** The string operand that shows a text: each of its characters is one glyph. */
  encode(text: string): string {
    const codes = [...text].map((character) => this.#codeOf(character));
    return `<${codes.map(hex).join('')}>`;
  }

  async finish(): Promise<void> {
    const program = encodeTrueType(FONT);
    const file = await this.#file.add(flateObject(program, `/Length1 ${program.length}`));
    const { ascent, descent, width } = FONT;
    const descriptor = await this.#file.add(
      `<< /Type /FontDescriptor /FontName /${NAME} /Flags 5 /FontBBox [0 ${descent} ${width} ${ascent}] /ItalicAngle 0 /Ascent ${ascent} /Descent ${descent} /CapHeight ${ascent} /StemV 80 /FontFile2 ${file} 0 R >>`,
    );
    // Acrobat refuses glyph 0, which stands for a missing one.
    const glyphs = await this.#file.add(flateObject(Buffer.alloc(65_536 * 2, '\0\x01', 'latin1')));
    const descendant = await this.#file.add(
      `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${NAME} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor ${descriptor} 0 R /DW ${width} /CIDToGIDMap ${glyphs} 0 R >>`,
    );
    const unicode = await this.#file.add(flateObject(this.#characterMap()));
    await this.#file.write(
      this.number,
      `<< /Type /Font /Subtype /Type0 /BaseFont /${NAME} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${unicode} 0 R >>`,
    );
  }

  #codeOf(character: string): number {
    const code = character.codePointAt(0) as number;
    if (code >= SPARE.first && code <= SPARE.last) return REPLACEMENT;
    if (code <= 0xffff) return code;
    const known = this.#spare.get(character);
    if (known !== undefined) return known;
    const next = SPARE.first + this.#spare.size;
    if (next > SPARE.last) return REPLACEMENT;
    this.#spare.set(character, next);
    return next;
  }

  /** What each code means. A range may not go beyond one first byte. */
  #characterMap(): string {
    const ranges: string[] = [];
    for (let high = 0; high <= 0xff; high++) {
      const first = high << 8;
      if (first >= SPARE.first && first <= SPARE.last) continue;
      ranges.push(`<${hex(first)}> <${hex(first | 0xff)}> <${hex(first)}>`);
    }
    const characters = [...this.#spare].map(
      ([character, code]) =>
        `<${hex(code)}> <${hex(character.charCodeAt(0))}${hex(character.charCodeAt(1))}>`,
    );
    return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${mapLists('bfrange', ranges)}${mapLists('bfchar', characters)}endcmap
CMapName currentdict /CMap defineresource pop
end
end
`;
  }
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}

function mapLists(kind: 'bfrange' | 'bfchar', entries: string[]): string {
  let lists = '';
  for (let at = 0; at < entries.length; at += MAP_LIST) {
    const part = entries.slice(at, at + MAP_LIST);
    lists += `${part.length} begin${kind}\n${part.join('\n')}\nend${kind}\n`;
  }
  return lists;
}
