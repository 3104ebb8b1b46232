'use server';

import { cookies } from 'next/headers';
import { isLanguage, LANGUAGE_COOKIE } from './languages.ts';

/** Seconds in a year. */
const YEAR = 365 * 86_400;

/** Keeps the choice in the browser; Next shows the page anew in it, with all that goes on there. */
export async function rememberLanguage(language: string): Promise<void> {
  if (!isLanguage(language)) return;
  (await cookies()).set(LANGUAGE_COOKIE, language, { maxAge: YEAR, sameSite: 'lax' });
}
