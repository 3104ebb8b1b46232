import type { Charset } from './charset.ts';
import { Dawg, NONE } from './dawg.ts';
import type { TrainedDataPart } from './traineddata.ts';

/** Stands for a whole word among punctuation, and for any digit in a number. */
const PATTERN = 0;

/** Where in the punctuation a word is, and where in the list of words or numbers, if in one. */
interface Position {
  punctuation: number;
  list?: { dawg: Dawg; edge: number };
}

/** Tells the words, numbers and marks of a language from what only looks like them. */
export interface Lexicon {
  /** Whether the characters, by Tesseract's numbers, are a word with its punctuation. */
  knows(unichars: number[]): boolean;
}

/** The word lists of a language; one without any knows nothing. */
export function lexiconOf(parts: Map<TrainedDataPart, Buffer>, charset: Charset): Lexicon {
  const [words, numbers, punctuation] = (['words', 'numbers', 'punctuation'] as const).map(
    (name) => {
      const part = parts.get(name);
      return part && new Dawg(part);
    },
  );
  const lists = [words, numbers].filter((dawg) => dawg !== undefined);
  const letterFor = (dawg: Dawg, unichar: number) =>
    dawg === numbers && charset.isDigit(unichar) ? PATTERN : unichar;
  return {
    knows(unichars) {
      if (!punctuation) return words !== undefined && contains(words, unichars);
      let positions: Position[] = [{ punctuation: 0 }];
      let ends = false;
      for (const unichar of unichars) {
        ends = false;
        const next: Position[] = [];
        const reach = (position: Position, isEnd: boolean) => {
          next.push(position);
          ends ||= isEnd;
        };
        for (const position of positions)
          step(punctuation, lists, letterFor, position, unichar, reach);
        if (next.length === 0) return false;
        positions = next;
      }
      return ends;
    },
  };
}

function contains(dawg: Dawg, unichars: number[]): boolean {
  let node = 0;
  let edge = NONE;
  for (const unichar of unichars) {
    edge = dawg.edge(node, unichar);
    if (edge === NONE) return false;
    node = dawg.next(edge);
  }
  return edge !== NONE && dawg.endsWord(edge);
}

function step(
  punctuation: Dawg,
  lists: Dawg[],
  letterFor: (dawg: Dawg, unichar: number) => number,
  { punctuation: node, list }: Position,
  unichar: number,
  reach: (position: Position, isEnd: boolean) => void,
): void {
  if (list) {
    const edge = list.dawg.edge(list.dawg.next(list.edge), letterFor(list.dawg, unichar));
    const within = edge !== NONE && { punctuation: node, list: { dawg: list.dawg, edge } };
    // `node` is the punctuation's edge that stands for the word.
    if (within) reach(within, list.dawg.endsWord(edge) && punctuation.endsWord(node));
    if (list.dawg.endsWord(list.edge))
      stepMark(punctuation, punctuation.next(node), unichar, reach);
    return;
  }
  const word = punctuation.edge(node, PATTERN);
  for (const dawg of word === NONE ? [] : lists) {
    const edge = dawg.edge(0, letterFor(dawg, unichar));
    if (edge === NONE) continue;
    reach(
      { punctuation: word, list: { dawg, edge } },
      dawg.endsWord(edge) && punctuation.endsWord(word),
    );
  }
  stepMark(punctuation, node, unichar, reach);
}

function stepMark(
  punctuation: Dawg,
  node: number,
  unichar: number,
  reach: (position: Position, isEnd: boolean) => void,
): void {
  const edge = punctuation.edge(node, unichar);
  if (edge !== NONE) reach({ punctuation: punctuation.next(edge) }, punctuation.endsWord(edge));
}
