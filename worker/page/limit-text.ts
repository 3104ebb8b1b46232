import type { Layout } from '#server/pages/layout.ts';
import { filterWords } from '#worker/layout/filter-words.ts';
import type { Limits } from './protocol.ts';

/** The layout with its text cut at the limit, and a warning where something was cut. */
export function limitText(
  layout: Layout,
  { maxTextLength }: Pick<Limits, 'maxTextLength'>,
): Layout {
  let left = maxTextLength;
  const fits = (text: string) => {
    left -= text.length + 1;
    return left >= 0;
  };
  const blocks = filterWords(layout.blocks, (word) => fits(word.text));
  if (left >= 0) return layout;
  const warning = `The page holds more text than ${maxTextLength} characters; the rest was left out.`;
  return { ...layout, blocks, warnings: [...layout.warnings, warning] };
}
