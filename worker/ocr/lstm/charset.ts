import { Reader } from './traineddata.ts';

/** What a class of the network stands for. */
export interface Charset {
  /** The class of the space between words. */
  space: number;
  /** Text of a class; empty for those that stand for none. */
  textOf(code: number): string;
  /** Tesseract's number of the character of a class, as its word lists name it. */
  unicharOf(code: number): number;
  /** Whether number patterns take the character for any digit. */
  isDigit(unichar: number): boolean;
  isLetter(unichar: number): boolean;
}

/** Numbers of the space, of joined and of broken characters. */
const SPACE = 0;
const FIRST_TEXT = 3;
/** Bits of a character's properties. */
const IS_LETTER = 1;
const IS_DIGIT = 8;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/**
 * Reads the characters of a recogniser and the code that stands for each. Undefined where one takes
 * several codes, as in Chinese, or is written from right to left.
 */
export function parseCharset(unicharset: Buffer, recoder: Buffer): Charset | undefined {
  const [, ...lines] = unicharset.toString('utf8').trimEnd().split('\n');
  const characters = lines.map((line) => line.split(' ', 2));
  const texts = characters.map(([text = '']) => text);
  const properties = characters.map(([, bits = '0']) => Number.parseInt(bits, 16));
  const has = (bit: number) => (unichar: number) => ((properties[unichar] ?? 0) & bit) !== 0;
  const unichars = parseRecoder(recoder);
  if (!unichars || texts.some((text) => RIGHT_TO_LEFT.test(text))) return undefined;
  return {
    space: [...unichars].find(([, unichar]) => unichar === SPACE)?.[0] ?? 0,
    textOf: (code) => textOf(unichars.get(code), texts),
    unicharOf: (code) => unichars.get(code) ?? -1,
    isDigit: has(IS_DIGIT),
    isLetter: has(IS_LETTER),
  };
}

function textOf(unichar: number | undefined, texts: string[]): string {
  if (unichar === SPACE) return ' ';
  return unichar === undefined || unichar < FIRST_TEXT ? '' : (texts[unichar] ?? '');
}

function parseRecoder(part: Buffer): Map<number, number> | undefined {
  const reader = new Reader(part);
  const unichars = new Map<number, number>();
  const count = reader.uint32();
  for (let unichar = 0; unichar < count; unichar += 1) {
    reader.skip(1); // Whether the code stands for itself.
    if (reader.uint32() !== 1) return undefined;
    const code = reader.int32();
    if (!unichars.has(code)) unichars.set(code, unichar);
  }
  return unichars;
}
