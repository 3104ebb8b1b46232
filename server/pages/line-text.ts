import type { Word } from './layout.ts';

/** The words of a line as one string: a space between two of them, none between Chinese or Japanese. */
export function lineText(words: Pick<Word, 'text'>[]): string {
  const parts = words.map(({ text }, index) => {
    return (isSpaced(words[index - 1]?.text ?? '', text) ? ' ' : '') + text;
  });
  return parts.join('');
}

const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo}';
/** With the punctuation that is as wide as they are. */
const WIDE = `[${UNSPACED}\\u3000-\\u303f\\u30fc\\uff00-\\uff60]`;
const ENDS_WIDE = new RegExp(`${WIDE}$`, 'u');
const BEGINS_WIDE = new RegExp(`^${WIDE}`, 'u');

/** Whether a space stands between these two words of a line. */
export function isSpaced(before: string, after: string): boolean {
  if (before === '' || after === '') return false;
  return !(ENDS_WIDE.test(before) && BEGINS_WIDE.test(after));
}
