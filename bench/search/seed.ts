import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { createRandom, type Random } from '#fixtures/accuracy/random.ts';
import { LOCAL_OWNER_ID } from '#server/context.ts';

const PAGES_PER_DOCUMENT = 20;
const WORDS_PER_PAGE = 300;
const VOCABULARY = 30_000;
const DOCUMENTS_AT_ONCE = 25;

/** Pages of English-like text with words as unequally common as in real text; the same each time. */
export async function seedPages(
  db: Database,
  count: number,
  onProgress: (pages: number) => void,
): Promise<string[]> {
  const random = createRandom(1);
  const vocabulary = Array.from({ length: VOCABULARY }, () => inventWord(random));
  for (let done = 0; done < count; ) {
    const documents = Array.from({ length: DOCUMENTS_AT_ONCE }, () => randomUUID());
    await insertDocuments(db, documents);
    await insertPages(db, documents, () => writeText(vocabulary, random));
    done += DOCUMENTS_AT_ONCE * PAGES_PER_DOCUMENT;
    onProgress(done);
  }
  await db.execute(sql`
    insert into search_words (owner_id, word)
    select ${LOCAL_OWNER_ID}::uuid, word from unnest(${sql.param(vocabulary)}::text[]) as word
    on conflict do nothing`);
  await db.execute(sql`vacuum analyze pages, page_search, documents, search_words`);
  return vocabulary;
}

async function insertDocuments(db: Database, ids: string[]): Promise<void> {
  await db.execute(sql`
    insert into documents (id, owner_id, status, file_name, content_type, size_bytes, sha256,
      source_key, upload, options, page_count)
    select id, ${LOCAL_OWNER_ID}::uuid, 'completed', 'scan-' || left(id::text, 8) || '.pdf',
      'application/pdf', 1000, '', '', '{"kind":"post"}', '{"languages":["eng"]}',
      ${PAGES_PER_DOCUMENT}::int
    from unnest(${sql.param(ids)}::uuid[]) as id`);
}

async function insertPages(db: Database, documents: string[], write: () => string): Promise<void> {
  const rows = documents.flatMap((id) =>
    Array.from({ length: PAGES_PER_DOCUMENT }, (_, index) => ({ id, number: index + 1 })),
  );
  await db.execute(sql`
    insert into pages (id, document_id, owner_id, number, status, job_id, text)
    select gen_random_uuid(), document, ${LOCAL_OWNER_ID}::uuid, number, 'completed',
      gen_random_uuid(), body
    from unnest(${sql.param(rows.map(({ id }) => id))}::uuid[],
      ${sql.param(rows.map(({ number }) => number))}::int[],
      ${sql.param(rows.map(write))}::text[]) as page (document, number, body)`);
}

const ONSETS = ['b', 'c', 'd', 'f', 'g', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'st', 'tr', 'pl'];
const VOWELS = ['a', 'e', 'i', 'o', 'u'];

function inventWord(random: Random): string {
  const syllables = Array.from({ length: random.int(2, 4) }, () => {
    return `${random.pick(ONSETS)}${random.pick(VOWELS)}`;
  });
  return syllables.join('');
}

/** The n-th word is about 1/n as common as the first (Zipf's law). */
function writeText(vocabulary: string[], random: Random): string {
  const words = Array.from({ length: WORDS_PER_PAGE }, () => {
    const rank = Math.floor(Math.exp(random.next() * Math.log(vocabulary.length)));
    return vocabulary[rank - 1] ?? '';
  });
  return words.join(' ');
}
