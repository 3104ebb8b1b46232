import { AUTO_LANGUAGE } from '../documents/schemas.ts';
import { FanfoldError } from '../errors.ts';
import { listLanguages } from './list.ts';

/** Throws LANGUAGE_MISSING with a sentence that names what is missing and what is there. */
export async function requireLanguages(
  wanted: string[],
  extraDir: string | undefined,
): Promise<void> {
  const installed = await listLanguages(extraDir);
  const known = (language: string) => language === AUTO_LANGUAGE || installed.includes(language);
  const missing = wanted.filter((language) => !known(language));
  if (missing.length === 0) return;
  throw new FanfoldError('LANGUAGE_MISSING', {
    sentence: `Not installed: ${missing.join(', ')}. Installed languages: ${installed.join(', ')}.`,
  });
}
