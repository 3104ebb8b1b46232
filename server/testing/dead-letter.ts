import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { processingDocument } from './harness.ts';

/** A document of two pages with one that was given up, and its dead letter as pg-boss leaves it. */
export async function givenUpPage(ctx: Context): Promise<{ id: string; documentId: string }> {
  const { documentId, run, pages } = await processingDocument(ctx, 2);
  const [first] = pages;
  await ctx.db.execute(sql`update pages set status = 'failed' where id = ${first?.id}`);
  await ctx.db.execute(sql`
    update documents set pages_failed = 1, pages_completed = 1, status = 'partial'
    where id = ${documentId}`);
  const id = randomUUID();
  const data = JSON.stringify({ ...run, pageId: first?.id, page: 1 });
  const output = JSON.stringify({
    code: 'PAGE_CRASHED',
    message: 'PAGE_CRASHED: x',
    stack: 'at x',
  });
  await ctx.db.execute(sql`
    insert into pgboss.job
      (id, name, data, source_name, source_output, source_retry_count, source_created_on)
    values
      (${id}, 'dead-letter', ${data}::jsonb, 'page.recognize', ${output}::jsonb, 2, now())`);
  return { id, documentId };
}
