import { francAll } from 'franc';
import type { Block, Word } from '#server/pages/layout.ts';

/** The library's names (ISO 639-3) of Tesseract's languages that have another name there. */
const OTHER_NAMES: Record<string, string> = {
  ara: 'arb',
  aze: 'azj',
  chi_sim: 'cmn',
  chi_tra: 'cmn',
  est: 'ekk',
  fas: 'pes',
  lav: 'lvs',
  msa: 'zlm',
  nor: 'nob',
  sqi: 'als',
  swa: 'swh',
  uzb: 'uzn',
};

/**
 * By how much a language has to fit better than the one that a text was read in, of the best one's
 * measure, by the words of the text: names and figures look like any language.
 */
const LEAST_LEADS: [words: number, lead: number][] = [
  [60, 0.025],
  [25, 0.05],
  [12, 0.1],
];
/** Words that were read with less confidence are rather noise. */
const LEAST_CONFIDENCE = 30;
/** Share of the words that a second language has to have. */
const LEAST_SHARE = 0.25;

/**
 * The languages of what was read in `current`, the main one first, by the trigrams of its letters
 * (W. Cavnar and J. Trenkle, "N-gram-based text categorization", 1994) among those named; `current`
 * where there are too few words to say otherwise.
 */
export function identifyLanguages(blocks: Block[], among: string[], current: string[]): string[] {
  const whole = identify(blocks.flatMap(wordsOf), among, current[0]);
  if (whole === undefined) return [];
  const counts = new Map([[whole, 0]]);
  for (const words of blocks.map(wordsOf)) {
    const language = identify(words, among, whole) ?? whole;
    counts.set(language, (counts.get(language) ?? 0) + words.length);
  }
  const [main, ...others] = [...counts].sort(([, one], [, other]) => other - one);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const second = others.filter(([, count]) => count > LEAST_SHARE * all);
  return [main as [string, number], ...second].map(([code]) => code);
}

function wordsOf(block: Block): string[] {
  return block.lines.flatMap(({ words }) => words.filter(isText).map(({ text }) => text));
}

function isText({ text, confidence }: Word): boolean {
  return (confidence ?? 100) >= LEAST_CONFIDENCE && /\p{L}{2}/u.test(text);
}

function identify(words: string[], among: string[], current?: string): string | undefined {
  const lead = LEAST_LEADS.find(([least]) => words.length >= least)?.[1];
  if (lead === undefined) return current;
  const scores = new Map(francAll(words.join(' '), { only: among.map(nameOf) }));
  const fits = (code?: string) => (code && scores.get(nameOf(code))) || 0;
  const best = [current, ...among].reduce((one, other) => (fits(other) > fits(one) ? other : one));
  return fits(best) - fits(current) >= lead ? best : current;
}

function nameOf(code: string): string {
  return OTHER_NAMES[code] ?? code;
}
