import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { documents, pageSearch, pages } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import { matchesFilter } from '../documents/filter.ts';
import { layoutVersion } from '../pages/stored-layout.ts';
import { imageOf, type PageView } from '../pages/view.ts';
import { type ParsedQuery, parseQuery, replaceWords } from './query.ts';
import type { searchPagesSchema } from './schemas.ts';
import { HIDDEN, HIT_END, HIT_START, type SnippetPart, splitSnippet } from './snippet.ts';
import { suggestWords } from './suggest.ts';

/** How many pages are ranked; of more, which they are is not told. */
const RANKED = 1_000;

export interface PageHit {
  documentId: string;
  /** Its title, or its file's name. */
  documentName: string;
  /** From 1. */
  page: number;
  /** Of the page, as in its view. */
  layout: PageView['layout'];
  image: PageView['image'];
  snippet: SnippetPart[];
}

export interface PageHits {
  hits: PageHit[];
  /** Pages found; `atLeast` where there are more. */
  total: number;
  atLeast: boolean;
  /** What was searched for instead, where nothing was found as typed. */
  corrected: string | null;
  nextCursor: number | null;
}

type Input = z.output<typeof searchPagesSchema>;

/** The owner's pages that hold what is searched for, the best first. */
export async function searchPages({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input;
}): Promise<PageHits> {
  const found = await findPages(ctx, input, parseQuery(input.query));
  if (found.total > 0 || input.cursor) return { ...found, corrected: null };
  const corrected = replaceWords(input.query, await suggestWords(ctx, parseQuery(input.query)));
  if (corrected === input.query) return { ...found, corrected: null };
  return { ...(await findPages(ctx, input, parseQuery(corrected))), corrected };
}

interface Row extends Record<string, unknown> {
  documentId: string;
  documentName: string;
  page: number;
  layoutKey: string | null;
  imageKey: string | null;
  imageWidth: number | null;
  imageHeight: number | null;
  snippet: string;
  total: number;
}

async function findPages(
  ctx: Context,
  input: Input,
  query: ParsedQuery,
): Promise<Omit<PageHits, 'corrected'>> {
  const queries = await queriesByConfig(ctx, query);
  if (queries.length === 0) return { hits: [], total: 0, atLeast: false, nextCursor: null };
  const skip = input.cursor ?? 0;
  const { rows } = await ctx.db.execute<Row>(rankedPages(ctx, input, queries, skip));
  const total = rows[0]?.total ?? 0;
  const shown = skip + rows.length;
  return {
    hits: rows.map(toHit),
    total: Math.min(total, RANKED),
    atLeast: total > RANKED,
    nextCursor: shown < Math.min(total, RANKED) ? shown : null,
  };
}

function toHit(row: Row): PageHit {
  const { documentId, documentName, page, layoutKey, snippet } = row;
  return {
    documentId,
    documentName,
    page,
    layout: layoutKey ? layoutVersion(layoutKey) : null,
    image: imageOf(row),
    snippet: splitSnippet(snippet),
  };
}

interface ConfigQuery extends Record<string, unknown> {
  config: string;
  query: string;
}

/** The search in the stems of each configuration that the owner's pages are found by. */
async function queriesByConfig(ctx: Context, query: ParsedQuery): Promise<ConfigQuery[]> {
  const parts = [
    ...(query.text ? [sql`websearch_to_tsquery(config, search_words_of(${query.text}))`] : []),
    ...query.prefixes.map((prefix) => sql`to_tsquery(config, ${`${prefix}:*`})`),
  ];
  if (parts.length === 0) return [];
  const { rows } = await ctx.db.execute<ConfigQuery>(sql`
    select config::text, query::text from (
      select config, ${sql.join(parts, sql` && `)} as query from (
        select distinct unnest(search_configs(languages)) as config from (
          select distinct
            (${documents.options} -> 'languages') || to_jsonb(${documents.foundLanguages}) as languages
          from ${documents} where ${documents.ownerId} = ${ctx.ownerId}
        ) as used
      ) as configs
    ) as queries where numnode(query) > 0`);
  return rows;
}

function rankedPages(ctx: Context, input: Input, queries: ConfigQuery[], skip: number): SQL {
  const matches = queries.map(
    ({ config, query }) =>
      sql`(${pageSearch.lexemes} @@ ${query}::tsquery and ${config}::regconfig = any(${pageSearch.configs}))`,
  );
  const query = sql`${queries.map((each) => `(${each.query})`).join(' | ')}::tsquery`;
  const where = and(
    eq(pageSearch.ownerId, ctx.ownerId),
    sql`(${sql.join(matches, sql` or `)})`,
    input.documentId ? eq(pageSearch.documentId, input.documentId) : undefined,
    matchesFilter(input),
  );
  return sql`
    with candidates as materialized (
      select ${pageSearch.pageId} as page_id, ${pageSearch.configs}[1] as config,
        ${pageSearch.lexemes} as lexemes
      from ${pageSearch} join ${documents} on ${documents.id} = ${pageSearch.documentId}
      where ${where} limit ${RANKED + 1}
    ), best as (
      select page_id, config, ts_rank_cd(lexemes, ${query}) as rank, count(*) over ()::int as total
      from candidates order by rank desc, page_id desc limit ${input.limit} offset ${skip}
    )
    select ${pages.documentId} as "documentId", ${pages.number} as page,
      coalesce(${documents.title}, ${documents.fileName}) as "documentName", total,
      ${pages.layoutKey} as "layoutKey", ${pages.imageKey} as "imageKey",
      ${pages.imageWidth} as "imageWidth", ${pages.imageHeight} as "imageHeight",
      ts_headline(config, translate(left(${pages.text}, 100000), '<>', ${HIDDEN}), ${query}, ${HEADLINE}) as snippet
    from best join ${pages} on ${pages.id} = page_id
    join ${documents} on ${documents.id} = ${pages.documentId}
    order by rank desc, page_id desc`;
}

const HEADLINE = `StartSel=${HIT_START}, StopSel=${HIT_END}, MaxFragments=2, MinWords=8, MaxWords=24, FragmentDelimiter=" … "`;
