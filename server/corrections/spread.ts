import type { Box, Word } from '../pages/layout.ts';

/** The words of a text that a person has typed. */
export function wordsOf(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}

/**
 * The words of `text` in the places of `words`, at least one: each in the place of its counterpart
 * where there are as many, else side by side in the box around them, as wide as they have letters.
 */
export function spreadText(words: Word[], text: string): Word[] {
  const texts = wordsOf(text);
  const boxes = texts.length === words.length ? words.map(({ box }) => box) : divide(words, texts);
  return texts.map((own, index) => {
    const { provenance, confidence } = (words[index] ?? words.at(-1)) as Word;
    return {
      text: own,
      box: boxes[index] as Box,
      // A person has read it.
      confidence: confidence === null ? null : 100,
      provenance,
    };
  });
}

function divide(words: Word[], texts: string[]): Box[] {
  const boxes = words.map(({ box }) => box);
  const x0 = Math.min(...boxes.map((box) => box[0]));
  const x1 = Math.max(...boxes.map((box) => box[2]));
  const y0 = Math.min(...boxes.map((box) => box[1]));
  const y1 = Math.max(...boxes.map((box) => box[3]));
  const leftward = (boxes[0]?.[0] ?? 0) > (boxes.at(-1)?.[0] ?? 0);
  const letters = texts.map((text) => [...text].length);
  // A space is as wide as a letter.
  const unit = (x1 - x0) / (letters.reduce((sum, count) => sum + count, 0) + texts.length - 1);
  let at = 0;
  return letters.map((count) => {
    const [from, to] = [at * unit, (at + count) * unit];
    at += count + 1;
    return leftward ? [x1 - to, y0, x1 - from, y1] : [x0 + from, y0, x0 + to, y1];
  });
}
