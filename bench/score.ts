import { distance } from 'fastest-levenshtein';

/** Counts of one page or of many: what the rates are made of, so that pages can be added up. */
export interface Score {
  /** Of the truth. */
  characters: number;
  words: number;
  /** Insertions, deletions and substitutions, in order. */
  characterErrors: number;
  wordErrors: number;
  /** Words that were read, and those of them that the truth has too, in whatever order. */
  readWords: number;
  commonWords: number;
}

/** Percent. CER and WER follow the order of the text and may pass 100; F1 of the words does not. */
export interface Rates {
  cer: number;
  wer: number;
  f1: number;
  /** Share of the truth's words that were found. */
  recall: number;
}

/** Compares what was read with the truth, both normalised. */
export function score(truth: string, read: string): Score {
  const [expected, found] = [normalizeText(truth), normalizeText(read)];
  const [expectedWords, foundWords] = [splitWords(expected), splitWords(found)];
  return {
    characters: expected.length,
    words: expectedWords.length,
    characterErrors: distance(expected, found),
    wordErrors: distance(...asCharacters(expectedWords, foundWords)),
    readWords: foundWords.length,
    commonWords: countCommon(expectedWords, foundWords),
  };
}

export function addScores(scores: Score[]): Score {
  const sum = (key: keyof Score) => scores.reduce((total, each) => total + each[key], 0);
  return {
    characters: sum('characters'),
    words: sum('words'),
    characterErrors: sum('characterErrors'),
    wordErrors: sum('wordErrors'),
    readWords: sum('readWords'),
    commonWords: sum('commonWords'),
  };
}

export function ratesOf(score: Score): Rates {
  const { characters, words, characterErrors, wordErrors, readWords, commonWords } = score;
  return {
    cer: percent(characterErrors, characters),
    wer: percent(wordErrors, words),
    f1: readWords + words === 0 ? 100 : percent(2 * commonWords, readWords + words),
    recall: words === 0 ? 100 : percent(commonWords, words),
  };
}

/** One space between words; quotes, dashes and ligatures in their plain form; letters composed. */
export function normalizeText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKC'))
    .replace(/[\u2018\u2019\u201a\u201b\u2032`\u00b4]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]|''/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\u2026/g, '...')
    .replace(/\s+/g, ' ')
    .trim();
}

function splitWords(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}

/** Two lists of words as strings with one UTF-16 unit a word, for the distance of characters. */
function asCharacters(one: string[], other: string[]): [string, string] {
  const units = new Map<string, string>();
  const unitOf = (word: string) => {
    const known = units.get(word);
    if (known !== undefined) return known;
    if (units.size > 0xffff) throw new RangeError('More than 65,536 different words on one page.');
    const unit = String.fromCharCode(units.size);
    units.set(word, unit);
    return unit;
  };
  return [one.map(unitOf).join(''), other.map(unitOf).join('')];
}

function countCommon(expected: string[], found: string[]): number {
  const left = new Map<string, number>();
  for (const word of expected) left.set(word, (left.get(word) ?? 0) + 1);
  return found.filter((word) => {
    const count = left.get(word) ?? 0;
    if (count > 0) left.set(word, count - 1);
    return count > 0;
  }).length;
}

function percent(part: number, whole: number): number {
  return whole === 0 ? (part === 0 ? 0 : 100) : (100 * part) / whole;
}
