import type { ErrorCode } from '#server/errors.ts';

/** The server's English in another language. */
export interface ServerWords {
  errors: Record<ErrorCode, string>;
  /** By the English sentence; `{0}`, `{1}` … stand for what differs, in either. */
  sentences: Record<string, string>;
}

/** The sentence in the other language; undefined where it is not known there. */
export function translateSentence(words: ServerWords | null, sentence: string): string | undefined {
  if (!words) return undefined;
  const whole = words.sentences[sentence];
  if (whole !== undefined) return whole;
  for (const { pattern, translation } of patternsOf(words.sentences)) {
    const found = pattern.exec(sentence);
    if (found)
      return translation.replace(/\{(\d)\}/g, (_, index) => found[Number(index) + 1] ?? '');
  }
  return undefined;
}

interface Pattern {
  pattern: RegExp;
  translation: string;
}

const known = new WeakMap<ServerWords['sentences'], Pattern[]>();

function patternsOf(sentences: ServerWords['sentences']): Pattern[] {
  const before = known.get(sentences);
  if (before) return before;
  const patterns = Object.entries(sentences)
    .filter(([english]) => english.includes('{0}'))
    .map(([english, translation]) => ({ pattern: patternOf(english), translation }));
  known.set(sentences, patterns);
  return patterns;
}

function patternOf(english: string): RegExp {
  const parts = english.split(/\{\d\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('(.+)')}$`, 's');
}
