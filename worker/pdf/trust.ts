import type { PageGlyph } from './operators.ts';

/** A share of characters without a meaning above which a font is not to be trusted. */
const MAX_UNMAPPED_SHARE = 0.1;
/** A share of signs, among what a font shows, that no text has: its map leads to the wrong places. */
const MAX_SIGN_SHARE = 0.3;
/** Fewer letters of a font say nothing about it. */
const LEAST_LETTERS = 50;
/**
 * Numbers of glyphs in place of letters stand 29 places before them, where 15 % look like vowels; of
 * the letters of a language 35 to 50 % are, of random ones 23 %.
 */
const LEAST_VOWEL_SHARE = 0.2;
/** Words of which fewer than this share look like words were not read well. */
const LEAST_WORD_SHARE = 0.75;

/** Replacement characters, private use, and controls: glyphs without a meaning. */
const UNMAPPED = /[\ufffd\p{Private_Use}\p{Control}\p{Unassigned}]/u;
/** What stands among letters of no script, bullets and the rules of tables left out. */
const SIGN = /[¡-»¿×÷\p{Modifier_Symbol}]/u;
const LATIN = /\p{Script=Latin}/u;
const VOWEL = /^[aeiouyæœøı]/i;
const WORD =
  /^[\p{P}\p{S}]*(?:[\p{L}\p{M}]+(?:['’\-./&][\p{L}\p{M}]+)*|[\d.,:/%–-]+\p{L}{0,3})[\p{P}\p{S}]*$/u;

/** The fonts of these glyphs whose characters do not say what is seen. */
export function untrustedFonts(glyphs: PageGlyph[]): Set<string> {
  const fonts = Map.groupBy(glyphs, ({ font }) => font);
  return new Set([...fonts].flatMap(([font, own]) => (isMeaningless(own) ? font : [])));
}

function isMeaningless(glyphs: PageGlyph[]): boolean {
  const unmapped = glyphs.filter(({ text }) => UNMAPPED.test(text)).length;
  if (unmapped / glyphs.length > MAX_UNMAPPED_SHARE) return true;
  const signs = glyphs.filter(({ text }) => SIGN.test(text)).length;
  if (glyphs.length >= LEAST_LETTERS && signs / glyphs.length > MAX_SIGN_SHARE) return true;
  const letters = glyphs.filter(({ text }) => LATIN.test(text));
  if (letters.length < LEAST_LETTERS) return false;
  const vowels = letters.filter(({ text }) => VOWEL.test(text.normalize('NFD'))).length;
  return vowels / letters.length < LEAST_VOWEL_SHARE;
}

/** Whether words that an earlier OCR has left look as if it had read them right. */
export function looksRead(words: string[]): boolean {
  const plausible = words.filter((word) => WORD.test(word)).length;
  return words.length > 0 && plausible / words.length >= LEAST_WORD_SHARE;
}
