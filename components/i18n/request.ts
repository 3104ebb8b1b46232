import compile from 'icu-minify/compile';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { createTranslator } from 'use-intl/core';
import { chooseLocale } from './choose-locale.ts';
import { LANGUAGE_COOKIE, type Language } from './languages.ts';
import { en } from './messages/en/index.ts';
import { es } from './messages/es/index.ts';
import { errors, sentences } from './messages/es/server.ts';
import type { ServerWords } from './sentences.ts';

/** In what language a request is answered. */
export const requestLocale = cache(async () =>
  chooseLocale(
    (await cookies()).get(LANGUAGE_COOKIE)?.value,
    (await headers()).get('accept-language'),
  ),
);

/** What the interface says, for pages and titles that the server renders. */
export async function requestTranslator() {
  const { language, tag } = await requestLocale();
  return createTranslator({
    locale: tag,
    timeZone: 'UTC',
    messages: MESSAGES[language] as unknown as typeof en,
  });
}

export type Messages = { [key: string]: ReturnType<typeof compile> | Messages };

/** Catalogues as the browser takes them: parsed here once, so that no parser goes there. */
export const MESSAGES: Record<Language, Messages> = {
  en: plain(compiled(en)),
  es: plain(compiled(es)),
};

/** What the server says is English: its sentences in the other languages. */
export const SERVER_WORDS: Record<Language, ServerWords | null> = {
  en: null,
  es: { errors, sentences },
};

interface Catalogue {
  [key: string]: string | Catalogue;
}

function compiled(catalogue: Catalogue): Messages {
  return Object.fromEntries(
    Object.entries(catalogue).map(([key, value]) => [
      key,
      typeof value === 'string' ? compile(value) : compiled(value),
    ]),
  );
}

/** The compiler's objects have no prototype, which React does not send. */
function plain(messages: Messages): Messages {
  return JSON.parse(JSON.stringify(messages)) as Messages;
}
