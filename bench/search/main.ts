/** Times searches over many pages: `npm run bench:search -- [--pages 100000]`. */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { startTestPostgres } from '#db/testing/postgres.ts';
import { type Context, LOCAL_OWNER_ID } from '#server/context.ts';
import { searchPages } from '#server/search/pages.ts';
import { searchPagesSchema } from '#server/search/schemas.ts';
import { seedPages } from './seed.ts';

const { values } = parseArgs({ options: { pages: { type: 'string', default: '100000' } } });
const ROUNDS = 40;
/** Words as common as the first 120 are stop words in most languages, which no phrase is looked for by. */
const STOPPED = 120;

const postgres = await startTestPostgres({ prepareTemplate: migrate });
const url = postgres.adminUrl.replace(/postgres$/, 'fanfold_template');
// What breaks with the server's end breaks no search.
const handle = openDatabase({ url, max: 4, onError: () => undefined });
try {
  const count = Number(values.pages);
  const words = await seedPages(handle.db, count, (pages) => {
    if (pages % 10_000 === 0) console.log(`seeded ${pages} pages`);
  });
  const ctx = { db: handle.db, ownerId: LOCAL_OWNER_ID } as unknown as Context;
  const { rows } = await handle.db.execute<{ size: string }>(
    sql`select pg_size_pretty(pg_total_relation_size('page_search')) as size`,
  );
  console.log(`${count} pages, page_search ${rows[0]?.size}, ${cpus().length} cores`);
  for (const [name, query] of Object.entries(searchesFor(words))) {
    const times = await time(ctx, query);
    console.log(
      `${name.padEnd(22)} p50 ${percentile(times, 50)} ms  p95 ${percentile(times, 95)} ms`,
    );
  }
} finally {
  await handle.close();
  await postgres.stop();
}

/** For each kind, the n-th search; the words are the commoner the lower their number. */
function searchesFor(words: string[]): Record<string, (n: number) => string> {
  const word = (rank: number) => words[rank % words.length] ?? '';
  return {
    'a rare word': (n) => word(20_000 + n * 100),
    'a common word': (n) => word(n),
    'two words': (n) => `${word(50 + n)} ${word(300 + n * 7)}`,
    'a phrase': (n) => `"${word(STOPPED + n * 5)} ${word(STOPPED + n * 5 + 1)}"`,
    'one of words everywhere': (n) => `"${word(n)} ${word(n + 1)}"`,
    'a word but not another': (n) => `${word(100 + n)} -${word(n)}`,
    'one of two': (n) => `${word(5_000 + n)} or ${word(9_000 + n)}`,
    'the beginning of one': (n) => `${word(1_000 + n * 50).slice(0, 5)}*`,
    'a mistyped word': (n) => misspell(word(15_000 + n * 90)),
    'nothing at all': (n) => `qqqzzz${n}`,
  };
}

function misspell(word: string): string {
  return `${word.slice(0, 2)}x${word.slice(3)}`;
}

async function time(ctx: Context, query: (n: number) => string): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    const input = searchPagesSchema.parse({ query: query(n) });
    const start = performance.now();
    await searchPages({ ctx, input });
    times.push(performance.now() - start);
  }
  return times;
}

function percentile(times: number[], share: number): string {
  const sorted = times.toSorted((one, other) => one - other);
  return (sorted[Math.ceil((share / 100) * sorted.length) - 1] ?? 0).toFixed(0);
}
