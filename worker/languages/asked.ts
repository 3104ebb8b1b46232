import { AUTO_LANGUAGE } from '#server/documents/schemas.ts';
import { listLanguages } from '#server/languages/list.ts';
import type { RecognizeTask } from '#worker/page/protocol.ts';

/** What pages are begun with where nothing is known of them, if it can be read. */
const USUAL = 'eng';

/** What a page is to be read in, by the option of its document. */
export async function languagesToRead(
  languages: string[],
  extraDir: string | undefined,
): Promise<Pick<RecognizeTask, 'languages' | 'candidates'>> {
  if (languages[0] !== AUTO_LANGUAGE) return { languages };
  const candidates = await listLanguages(extraDir);
  const first = candidates.includes(USUAL) ? [USUAL] : candidates.slice(0, 1);
  return { languages: first, candidates };
}
