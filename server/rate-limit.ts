import { sql } from 'drizzle-orm';
import type { Context } from './context.ts';
import { FanfoldError } from './errors.ts';

/** What is limited, and the setting that says how often a minute. */
const LIMITS = {
  create: 'CREATE_PER_MINUTE',
  presign: 'PRESIGN_PER_MINUTE',
  unlock: 'UNLOCK_PER_MINUTE',
} as const;
export type LimitedAction = keyof typeof LIMITS;

/**
 * Takes one token from the owner's bucket for the action, which holds those of a minute and fills
 * up evenly, by the clock of the database. Throws TOO_MANY_REQUESTS, with the seconds until the
 * next one, where it is empty.
 */
export async function takeToken(ctx: Context, action: LimitedAction): Promise<void> {
  const most = ctx.env[LIMITS[action]];
  const { rows } = await ctx.db.execute(sql`
    insert into rate_limits as bucket (owner_id, action, tokens)
    values (${ctx.ownerId}, ${action}, ${most}::float8 - 1)
    on conflict (owner_id, action) do update set tokens = ${filled(most)} - 1, updated_at = now()
    where ${filled(most)} >= 1
    returning tokens`);
  if (rows.length === 0) await requireToken(ctx, action);
}

/** Throws as `takeToken` does, and takes none. */
export async function requireToken(ctx: Context, action: LimitedAction): Promise<void> {
  const most = ctx.env[LIMITS[action]];
  const { rows } = await ctx.db.execute<{ missing: number }>(sql`
    select 1 - ${filled(most)} as missing from rate_limits as bucket
    where owner_id = ${ctx.ownerId} and action = ${action}`);
  const missing = rows[0]?.missing ?? 0;
  if (missing <= 0) return;
  const retryAfter = Math.max(1, Math.ceil((missing * 60) / most));
  throw new FanfoldError('TOO_MANY_REQUESTS', {
    sentence: `Too many requests. Go on in ${retryAfter} ${retryAfter === 1 ? 'second' : 'seconds'}.`,
    retryAfter,
  });
}

const filled = (most: number) => sql`least(${most}::float8, bucket.tokens
  + extract(epoch from now() - bucket.updated_at) * ${most}::float8 / 60)`;
