import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { LOCAL_OWNER_ID } from '#server/context.ts';
import { withDatabase } from './database.ts';
import type { Installation } from './installation.ts';

/**
 * A document of so many pages, read long ago, put straight into the database: their pictures are
 * named and not there. Resolves to its id.
 */
export async function insertLongDocument(fanfold: Installation, pages: number): Promise<string> {
  const id = randomUUID();
  await withDatabase(fanfold, async (db) => {
    await db.execute(sql`
      insert into documents (id, owner_id, status, file_name, content_type, size_bytes, sha256,
        source_key, upload, options, page_count, file_page_count, pages_completed, seq, finished_at)
      values (${id}::uuid, ${LOCAL_OWNER_ID}::uuid, 'completed', ${`long ${id.slice(0, 8)}.pdf`},
        'application/pdf', 1000, '', '', '{"kind":"post"}', '{"languages":["eng"]}',
        ${pages}, ${pages}, ${pages}, 1, now())`);
    await db.execute(sql`
      insert into pages (id, document_id, owner_id, number, status, source, job_id, text,
        word_count, image_width, image_height, image_key, thumbnail_key, seq, started_at, finished_at)
      select gen_random_uuid(), ${id}::uuid, ${LOCAL_OWNER_ID}::uuid, number, 'completed', 'native',
        gen_random_uuid(), 'The text of page ' || number, 5, 1240, 1754, 'none/image', 'none/thumbnail',
        1, now(), now()
      from generate_series(1, ${pages}::int) as number`);
  });
  return id;
}
