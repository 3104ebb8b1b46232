import { and, arrayContains, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { documents, nameOf } from '#db/schema/index.ts';
import type { DocumentFilter } from './schemas.ts';
import { DOCUMENT_STATUSES, PUBLIC_STATES } from './status.ts';

/** The documents that the filter leaves. */
export function matchesFilter(filter: DocumentFilter): SQL | undefined {
  const { states, language, tag, from, to } = filter;
  const statuses = DOCUMENT_STATUSES.filter((status) => states?.includes(PUBLIC_STATES[status]));
  return and(
    states && inArray(documents.status, statuses),
    language === undefined ? undefined : isIn(language),
    tag === undefined ? undefined : arrayContains(documents.tags, [tag]),
    from ? gte(documents.createdAt, new Date(from)) : undefined,
    to ? lt(documents.createdAt, new Date(to)) : undefined,
  );
}

/** Documents that were to be read in the language, or that it was found in. */
function isIn(language: string): SQL | undefined {
  return or(
    sql`${documents.options} -> 'languages' ? ${language}`,
    arrayContains(documents.foundLanguages, [language]),
  );
}

/** Documents whose title or file name holds the text, in whatever case. */
export function isNamed(text: string): SQL {
  return sql`${nameOf(documents)} like ${`%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`}`;
}
