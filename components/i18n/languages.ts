/** The languages of the interface, by their own names. */
export const LANGUAGES = { en: 'English', es: 'Español' } as const;

export type Language = keyof typeof LANGUAGES;

/** Where a browser keeps the language that was chosen in it. */
export const LANGUAGE_COOKIE = 'fanfold.language';

export function isLanguage(name: string | undefined): name is Language {
  return name !== undefined && Object.hasOwn(LANGUAGES, name);
}
