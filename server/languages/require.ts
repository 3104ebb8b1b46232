import { FanfoldError } from '../errors.ts';
import { listLanguages } from './list.ts';

/** Throws LANGUAGE_MISSING with a sentence that names what is missing and what is there. */
export async function requireLanguages(
  wanted: string[],
  extraDir: string | undefined,
): Promise<void> {
  const installed = await listLanguages(extraDir);
  const missing = wanted.filter((language) => language === 'osd' || !installed.includes(language));
  if (missing.length === 0) return;
  const known = installed.filter((language) => language !== 'osd').join(', ');
  throw new FanfoldError('LANGUAGE_MISSING', {
    sentence: `Not installed: ${missing.join(', ')}. Installed languages: ${known}.`,
  });
}
