import { sql } from 'drizzle-orm';
import type { Executor } from '#db/client.ts';

/** A trigger on `events` notifies this channel too: see db/migrations. */
export const CHANGE_CHANNEL = 'fanfold_changes';

export interface Change {
  ownerId: string;
  documentId: string;
}

/** Wakes whoever watches the document; ids only, and at commit where `db` is a transaction. */
export async function notifyChange(db: Executor, change: Change): Promise<void> {
  const payload = `${change.ownerId}:${change.documentId}`;
  await db.execute(sql`select pg_notify(${CHANGE_CHANNEL}, ${payload})`);
}

export function parseChange(payload: string): Change | undefined {
  const [ownerId, documentId] = payload.split(':');
  return ownerId && documentId ? { ownerId, documentId } : undefined;
}
