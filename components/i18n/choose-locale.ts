import Negotiator from 'negotiator';
import { isLanguage, LANGUAGES, type Language } from './languages.ts';

export interface Locale {
  /** Of the words. */
  language: Language;
  /** BCP 47, with the reader's region where it is known: numbers and dates are written by it. */
  tag: string;
}

/** The language that was chosen, else the best of an Accept-Language header, else English. */
export function chooseLocale(chosen: string | undefined, accepted: string | null): Locale {
  const negotiator = new Negotiator({ headers: { 'accept-language': accepted ?? undefined } });
  const [best = 'en'] = negotiator.languages(Object.keys(LANGUAGES));
  const language = isLanguage(chosen) ? chosen : (best as Language);
  const regional = negotiator.languages().find((tag) => isOf(tag, language));
  return { language, tag: regional ?? language };
}

function isOf(tag: string, language: Language): boolean {
  try {
    return new Intl.Locale(tag).language === language;
  } catch {
    return false;
  }
}
