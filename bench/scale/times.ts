import { sql } from 'drizzle-orm';
import { max, min, quantileSorted } from 'simple-statistics';
import type { Context } from '#server/context.ts';

/** When a page's steps were committed, by Postgres's own clock; milliseconds since the epoch. */
export interface PageTimes {
  /** Its job could be taken. */
  queued: number;
  claimBegun: number;
  claimed: number;
  /** The transaction that ends it began, before it has the document's lock. */
  endBegun: number;
  ended: number;
}

export interface Quantiles {
  p50: number;
  p95: number;
}

/** Of every page of these documents, all of which have been read. */
export async function readTimes(ctx: Context, ids: string[]): Promise<PageTimes[]> {
  const { rows } = await ctx.db.execute<Record<keyof PageTimes, number>>(sql`
    with seen as (
      select document_id, type, (data->>'page')::int as page,
        extract(epoch from pg_xact_commit_timestamp(xmin))::float8 * 1000 as at
      from events
      where document_id in (${sql.join(
        ids.map((id) => sql`${id}::uuid`),
        sql`, `,
      )})
    )
    select planned.at as "queued",
      extract(epoch from attempts.started_at)::float8 * 1000 as "claimBegun",
      started.at as "claimed",
      extract(epoch from attempts.finished_at)::float8 * 1000 as "endBegun",
      completed.at as "ended"
    from seen completed
      join seen planned on planned.document_id = completed.document_id
        and planned.type = 'document.processing'
      join seen started on started.document_id = completed.document_id
        and started.type = 'page.started' and started.page = completed.page
      join pages on pages.document_id = completed.document_id and pages.number = completed.page
      join attempts on attempts.page_id = pages.id and attempts.outcome = 'completed'
    where completed.type = 'page.completed'`);
  return rows;
}

/** Milliseconds. */
function quantiles(values: number[]): Quantiles {
  const sorted = values.toSorted((one, other) => one - other);
  return { p50: quantileSorted(sorted, 0.5), p95: quantileSorted(sorted, 0.95) };
}

export const pickUps = (pages: PageTimes[]) =>
  quantiles(pages.map(({ queued, claimed }) => claimed - queued));

/** From the begin of the transaction that ends a page to its commit, with what it waits for. */
export const commits = (pages: PageTimes[]) =>
  quantiles(pages.map(({ endBegun, ended }) => ended - endBegun));

/** From the first page's being queued to the last one's end. */
export function seconds(pages: PageTimes[]): number {
  const [first, last] = [pages.map(({ queued }) => queued), pages.map(({ ended }) => ended)];
  return (max(last) - min(first)) / 1000;
}

/** Pages a second between the first and the last tenth, in which not all slots have work. */
export function steadyRate(pages: PageTimes[]): number {
  const ends = pages.map(({ ended }) => ended).toSorted((one, other) => one - other);
  const cut = Math.floor(ends.length / 10);
  const [from = 0, to = 0] = [ends[cut], ends[ends.length - 1 - cut]];
  return ((ends.length - 1 - 2 * cut) * 1000) / (to - from);
}
