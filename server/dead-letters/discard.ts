import { sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { jobTable, matches } from './internal.ts';
import type { DeadLetterFilter } from './schemas.ts';

/** Throws dead letters away; what they belong to stays as it is. Returns how many there were. */
export async function discardDeadLetters({
  ctx,
  input,
}: {
  ctx: SystemContext;
  input: DeadLetterFilter;
}): Promise<{ discarded: number }> {
  const { rowCount } = await ctx.db.execute(sql`delete from ${jobTable} where ${matches(input)}`);
  return { discarded: rowCount ?? 0 };
}
