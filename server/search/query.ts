/** A search in the parts that Postgres takes. */
export interface ParsedQuery {
  /** For `websearch_to_tsquery`: words, phrases, exclusions and `or`. */
  text: string;
  /** Beginnings of words, each of which must occur. */
  prefixes: string[];
  /** The plain words: those of which a mistyped one may be found another for. */
  words: string[];
}

/** Phrases in quotes, with what may stand before them, or runs without spaces. */
const TERM = /-?"[^"]*"?|\S+/g;
const LETTERS = /[^\p{L}\p{N}]/gu;

/** Takes the prefixes, which Postgres's own syntax lacks, out of a search. */
export function parseQuery(query: string): ParsedQuery {
  const terms = query.match(TERM) ?? [];
  const prefixes = terms.filter(isPrefix);
  const rest = terms.filter((term) => !isPrefix(term));
  return {
    text: rest.join(' '),
    prefixes: prefixes.map((term) => term.replace(LETTERS, '')).filter(Boolean),
    words: rest.filter(isWord).map((term) => term.replace(LETTERS, '').toLowerCase()),
  };
}

/** The query with some of its words replaced. */
export function replaceWords(query: string, replacements: Map<string, string>): string {
  return query.replace(TERM, (term) => {
    if (!isWord(term)) return term;
    return replacements.get(term.replace(LETTERS, '').toLowerCase()) ?? term;
  });
}

function isPrefix(term: string): boolean {
  return /^[^"-].*\*$/u.test(term);
}

function isWord(term: string): boolean {
  return !/["*]/.test(term) && !term.startsWith('-') && term.toLowerCase() !== 'or';
}
