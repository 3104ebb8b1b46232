import type { DocumentRow } from '#db/schema/index.ts';
import { AUTO_LANGUAGE } from '../documents/schemas.ts';

/** What a document is in: the languages that were named, or those found on the pages read so far. */
export function languagesOf({
  options,
  foundLanguages,
}: Pick<DocumentRow, 'options' | 'foundLanguages'>): string[] {
  return options.languages.includes(AUTO_LANGUAGE) ? foundLanguages : options.languages;
}
