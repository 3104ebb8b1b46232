import { sql } from 'drizzle-orm';
import { pages, searchWords } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';

/** Adds the words of a document to those of its owner. Safe to repeat. */
export async function collectWords({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: { documentId: string };
}): Promise<void> {
  // In order, so that two documents with the same new words do not wait for each other in a circle.
  await ctx.db.execute(sql`
    insert into ${searchWords} (owner_id, word)
    select distinct ${pages.ownerId}, word
    from ${pages}, unnest(tsvector_to_array(search_lexemes('{fanfold_simple}', ${pages.text}))) as word
    where ${pages.documentId} = ${input.documentId} and word ~ '^[[:alpha:]]{4,40}$'
    order by word
    on conflict do nothing`);
}

/** Forgets the words that no page has any more. Returns how many. */
export async function pruneWords({ ctx }: { ctx: SystemContext }): Promise<number> {
  const { rowCount } = await ctx.db.execute(sql`
    delete from ${searchWords} where not exists (
      select from ${pages},
        unnest(tsvector_to_array(search_lexemes('{fanfold_simple}', ${pages.text}))) as kept
      where ${pages.ownerId} = ${searchWords.ownerId} and kept = ${searchWords.word})`);
  return rowCount ?? 0;
}
