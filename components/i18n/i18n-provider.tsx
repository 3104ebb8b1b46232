'use client';

import { createContext, type ReactNode, use, useMemo } from 'react';
import { IntlProvider } from 'use-intl/react';
import type { FanfoldErrorShape } from '#client/errors.ts';
import { apiError } from '../data/api-error.ts';
import type { Messages } from './request.ts';
import { type ServerWords, translateSentence } from './sentences.ts';

const WordsContext = createContext<ServerWords | null>(null);

/** What everything below says, and how it writes numbers and dates. */
export function I18nProvider({
  tag,
  messages,
  words,
  children,
}: {
  /** BCP 47. */
  tag: string;
  messages: Messages;
  /** Null in English, which is what the server says. */
  words: ServerWords | null;
  children: ReactNode;
}) {
  return (
    // Moments come into messages as text (useFormat), in the reader's own time zone.
    <IntlProvider locale={tag} messages={messages as never} timeZone="UTC">
      <WordsContext value={words}>{children}</WordsContext>
    </IntlProvider>
  );
}

type Failure = Pick<FanfoldErrorShape, 'code' | 'sentence'>;

/** Tells in the reader's language what the server says in English. */
export function useServerWords() {
  const words = use(WordsContext);
  return useMemo(
    () => ({
      sentence: (sentence: string) => translateSentence(words, sentence) ?? sentence,
      failure: ({ code, sentence }: Failure) =>
        translateSentence(words, sentence) ?? words?.errors[code] ?? sentence,
      thrown: (error: unknown) => {
        const { code, sentence } = apiError(error);
        return translateSentence(words, sentence) ?? words?.errors[code] ?? sentence;
      },
    }),
    [words],
  );
}
