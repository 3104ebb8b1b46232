import { type SQL, sql } from 'drizzle-orm';
import { documents } from '#db/schema/index.ts';
import type { Layout } from './layout.ts';

/** The languages that a document's pages were read in, with those of one more. */
export function withLanguages({ languages }: Layout): SQL<string[]> {
  const added = sql`array(select jsonb_array_elements_text(${JSON.stringify(languages)}::jsonb))`;
  return sql`array(select distinct unnest(${documents.foundLanguages} || ${added}) order by 1)`;
}
