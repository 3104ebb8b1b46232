export interface SnippetPart {
  text: string;
  /** Whether it is what was searched for. */
  hit: boolean;
}

/** What stands around each hit of a headline; no page's text has these characters. */
export const HIT_START = '\u0002';
export const HIT_END = '\u0003';

/** What stands for `<` and `>`, between which Postgres would take the text for a tag. */
export const HIDDEN = '\u0004\u0005';

/** A headline in its parts, each without line breaks. */
export function splitSnippet(headline: string): SnippetPart[] {
  const [before = '', ...rest] = plain(headline).split(HIT_START);
  const parts = rest.flatMap((part) => {
    const [hit = '', after = ''] = part.split(HIT_END);
    return [
      { text: hit, hit: true },
      { text: after, hit: false },
    ];
  });
  return [{ text: before, hit: false }, ...parts].filter(({ text }) => text !== '');
}

function plain(headline: string): string {
  const [less = '', more = ''] = HIDDEN;
  return headline.replaceAll(less, '<').replaceAll(more, '>').replace(/\s+/g, ' ');
}
