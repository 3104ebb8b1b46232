import { sql } from 'drizzle-orm';
import type { Executor } from '#db/client.ts';
import type { DocumentRow } from '#db/schema/index.ts';
import { PRIORITIES } from '../documents/schemas.ts';
import type { JobName } from './catalog.ts';
import { JOB_SCHEMA } from './schema-name.ts';

/** A job whose place in the queue is shared out between owners. */
export type SharedJobName = Extract<
  JobName,
  'document.inspect' | 'page.recognize' | 'document.assemble'
>;

/** The state of a document that has jobs of the kind waiting. */
const WAITING: Record<SharedJobName, DocumentRow['status']> = {
  'document.inspect': 'queued',
  'page.recognize': 'processing',
  'document.assemble': 'assembling',
};

/** Tags of each priority: 0 to 10⁹, far from what a queue that is never empty reaches in years. */
const TAGS = 1_000_000_000;

type Sharer = Pick<DocumentRow, 'id' | 'ownerId' | 'priority'>;

/**
 * The places of `count` jobs of a document, as pg-boss priorities (greater goes first): start-time
 * fair queueing (Goyal, Vin and Cheng, SIGCOMM 1996) with the owners as flows of equal weight. The
 * queue's virtual time is the tag of the job that is next; a job's tag lies as far behind it as
 * jobs of the same owner go before it, so that owners take turns however much each has queued.
 * Within an owner's share its documents take turns page by page: a short one is not kept waiting
 * by a long one. A worker with nothing else to do serves one owner alone.
 *
 * Many documents of one owner give several jobs of the same tag. An owner that has nothing else in
 * the queue goes before them while the one that is next is being served, and so does an owner's new
 * document while that which is next is: whoever is next never waits for newcomers only, for the next
 * job of who is not served stays first.
 */
export async function fairPriorities(
  db: Executor,
  name: SharedJobName,
  document: Sharer,
  count: number,
): Promise<number[]> {
  const base = PRIORITIES.indexOf(document.priority) * TAGS;
  const next = await nextInQueue(db, name, base);
  const now = Math.max(0, (next.tag ?? base) - base);
  const others = await otherDocuments(db, name, document);
  const isNew =
    next.ownerId === document.ownerId
      ? next.documentServed
      : next.ownerServed && others.length === 0;
  return Array.from({ length: count }, (_, own) => {
    const before = others.reduce(
      (sum, other) => sum + other.count * Math.min(own + 1, other.left),
      own,
    );
    const tag = isNew && own === 0 ? now - 1 : now + before;
    return -(base + Math.min(Math.max(0, tag), TAGS - 1));
  });
}

interface Next extends Record<string, unknown> {
  /** Of the job that is next or, where none waits, of the one that was taken last. */
  tag: number | null;
  /** Whose job is next; null where none waits. */
  ownerId: string | null;
  /** Whether another job of this owner, or of the same document, is being worked on. */
  ownerServed: boolean | null;
  documentServed: boolean | null;
}

async function nextInQueue(db: Executor, name: SharedJobName, base: number): Promise<Next> {
  const job = sql`${sql.identifier(JOB_SCHEMA)}.job`;
  const band = sql`name = ${name} and priority between ${-(base + TAGS - 1)} and ${-base}`;
  const taken = sql`name = ${name} and state = 'active' and group_id is not null`;
  const { rows } = await db.execute<Next>(sql`
    with next as (
      select -priority as tag, split_part(group_id, '/', 1) as owner, data ->> 'documentId' as document
      from ${job} where ${band} and state < 'active' and not blocked and start_after <= now()
      order by priority desc limit 1
    )
    select
      coalesce((select tag from next), (select max(-priority) from ${job} where ${taken} and ${band}))
        as tag,
      (select owner from next) as "ownerId",
      (select owner from next) in (select split_part(group_id, '/', 1) from ${job} where ${taken})
        as "ownerServed",
      (select document from next) in (select data ->> 'documentId' from ${job} where ${taken})
        as "documentServed"`);
  return rows[0] ?? { tag: null, ownerId: null, ownerServed: null, documentServed: null };
}

/** What the owner's other documents have waiting: `count` of them `left` jobs each. */
async function otherDocuments(db: Executor, name: SharedJobName, document: Sharer) {
  const left =
    name === 'page.recognize'
      ? sql`page_count - pages_completed - pages_failed - pages_canceled`
      : sql`1`;
  const { rows } = await db.execute<{ left: number; count: number }>(sql`
    select ${left} as left, count(*)::int as count from documents
    where owner_id = ${document.ownerId} and status = ${WAITING[name]}
      and priority = ${document.priority} and id <> ${document.id}
      and (start_at is null or start_at <= now())
    group by 1`);
  return rows;
}
