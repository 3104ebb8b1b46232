import type { Block, Word } from '#server/pages/layout.ts';

/** How sure a reading is of itself. */
export interface Certainty {
  letters: number;
  /** Mean confidence of the letters, 0–100. */
  mean: number;
  /** Share of the words of three letters and more that stand higher than they are wide. */
  upended: number;
  /**
   * To compare readings of one page by: more letters, and surer ones, are better; letters that are
   * guesses hardly count, and those of upended words half.
   */
  total: number;
}

export function certaintyOf(blocks: Block[]): Certainty {
  const words = blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
  const letters = words.reduce((sum, { text }) => sum + text.length, 0);
  const long = words.filter(({ text }) => text.length >= 3);
  const confident = words.reduce((sum, { text, confidence }) => {
    return sum + text.length * (confidence ?? 0);
  }, 0);
  return {
    letters,
    mean: letters === 0 ? 0 : confident / letters,
    upended: long.filter(isUpended).length / Math.max(1, long.length),
    total: words.reduce((sum, word) => {
      const sure = ((word.confidence ?? 0) / 100) ** 2;
      return sum + word.text.length * sure * (word.text.length >= 3 && isUpended(word) ? 0.5 : 1);
    }, 0),
  };
}

function isUpended({ box }: Word): boolean {
  return box[3] - box[1] > box[2] - box[0];
}
