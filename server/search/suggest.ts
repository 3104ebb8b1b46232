import { type SQL, sql } from 'drizzle-orm';
import { searchWords } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import type { ParsedQuery } from './query.ts';

/** Shorter words have too many neighbours. */
const LEAST_LETTERS = 4;
/** Letters that may be wrong, missing or too many. */
const MOST_TYPOS = 2;

/** For each word of the query that none of the owner's pages has, the nearest one that they have. */
export async function suggestWords(
  ctx: Context,
  { words }: ParsedQuery,
): Promise<Map<string, string>> {
  const typed = words.filter((word) => word.length >= LEAST_LETTERS);
  if (typed.length === 0) return new Map();
  const rows = await ctx.db.transaction(async (tx) => {
    // Two letters that changed places leave a short word little else in common.
    await tx.execute(sql`set local pg_trgm.similarity_threshold = 0.2`);
    const { rows } = await tx.execute<{ typed: string; word: string }>(nearestWords(ctx, typed));
    return rows;
  });
  return new Map(rows.map(({ typed, word }) => [typed, word]));
}

function nearestWords(ctx: Context, typed: string[]): SQL {
  return sql`
    select typed, nearest.word
    from unnest(${sql.param(typed)}::text[]) as typed
    cross join lateral (
      select ${searchWords.word} as word, levenshtein_less_equal(${searchWords.word}, plain, ${MOST_TYPOS}) as typos
      from ${searchWords}, lower(unaccent(typed)) as plain
      where ${searchWords.ownerId} = ${ctx.ownerId} and ${searchWords.word} % plain
      order by typos, similarity(${searchWords.word}, plain) desc, ${searchWords.word}
      limit 1
    ) as nearest
    where nearest.typos between 1 and ${MOST_TYPOS}`;
}
