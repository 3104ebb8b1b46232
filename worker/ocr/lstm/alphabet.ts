import type { Charset } from './charset.ts';
import type { Lexicon } from './lexicon.ts';

/** What a network's classes mean, and which of their sequences are words. */
export interface Alphabet {
  charset: Charset;
  lexicon: Lexicon;
  /** The class of nothing. */
  blank: number;
}

/** Tesseract's: how much dearer a word is that is in no list. */
export const UNKNOWN_RATIO = 2.25;
/** Lists hold shapes of numbers, by far not all. */
const NUMBER_RATIO = 1.8;

/** How much dearer than known words those of a text are, the mean by their characters; 1 or more. */
export function ratioOf(codes: number[], alphabet: Alphabet): number {
  let [total, characters] = [0, 0];
  for (const word of wordsOf(codes, alphabet)) {
    total += word.length * ratioOfWord(word, alphabet);
    characters += word.length;
  }
  return characters === 0 ? UNKNOWN_RATIO : total / characters;
}

function wordsOf(codes: number[], { charset }: Alphabet): number[][] {
  const words: number[][] = [[]];
  for (const code of codes) {
    if (code === charset.space) words.push([]);
    else words.at(-1)?.push(charset.unicharOf(code));
  }
  return words.filter((word) => word.length > 0);
}

function ratioOfWord(word: number[], { charset, lexicon }: Alphabet): number {
  if (lexicon.knows(word)) return 1;
  const isNumber = word.some(charset.isDigit) && !word.some(charset.isLetter);
  return isNumber ? NUMBER_RATIO : UNKNOWN_RATIO;
}
