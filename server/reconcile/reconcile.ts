import { and, asc, gt, lte } from 'drizzle-orm';
import type { z } from 'zod';
import { type DocumentRow, documents } from '#db/schema/index.ts';
import type { SystemContext } from '../context.ts';
import {
  type NamedObject,
  type NamedObjects,
  readNamedObjects,
} from '../documents/named-objects.ts';
import { mendDocument } from './mend.ts';
import { deleteObjects, type FoundObject, isUuid, listDocumentObjects } from './objects.ts';
import type { reconcileSchema } from './schemas.ts';

/** A row whose object is gone, or an object that no row names. */
export interface Finding {
  kind: NamedObject['kind'] | 'object-without-row';
  documentId: string;
  key: string;
  /** Of a page, from 1. */
  page: number | null;
  /** What was done about it; null where nothing was. */
  mended: string | null;
}

export interface Reconciled {
  findings: Finding[];
  documents: number;
  objects: number;
  /** The `after` of the next step; null at the end. */
  next: string | null;
}

/** Documents of one step. */
const STEP = 500;

/**
 * Compares the rows of the next documents after `after` with the objects of the store, both ways,
 * and lists every difference. With `fix` it mends them: objects without rows are deleted once they
 * are older than `graceMinutes` (a younger one may be about to get its row), lost layouts and
 * outputs are made again from the uploaded file, and where that is lost too, the rows say so.
 */
export async function reconcile({
  ctx,
  input: { after, fix, graceMinutes },
}: {
  ctx: SystemContext;
  input: z.output<typeof reconcileSchema>;
}): Promise<Reconciled> {
  const { objects, end } = await listDocumentObjects(ctx.storage, after);
  const listed = end ? undefined : [...objects.keys()].filter(isUuid).at(-1);
  const rows = await readDocuments(ctx, after, listed);
  const last = rows.length === STEP ? rows.at(-1)?.id : listed;
  const inStep = [...objects].filter(([id]) => last === undefined || id <= last);
  const expected = await readNamedObjects(ctx, rows);
  const found = new Map(inStep);
  const youngest = Date.now() - graceMinutes * 60_000;
  const findings: Finding[] = [];
  for (const [id, objectsOfOne] of inStep) {
    const strays = withoutRow(id, objectsOfOne, expected.get(id));
    const old = objectsOfOne.filter(({ modifiedAt }) => modifiedAt <= youngest);
    if (fix) await deleteStrays(ctx, strays, new Set(old.map(({ key }) => key)));
    findings.push(...strays);
  }
  for (const row of rows) {
    const missing = withoutObject(row, found.get(row.id) ?? [], expected.get(row.id));
    if (fix && missing.length > 0) await mendDocument(ctx, row.id, missing);
    findings.push(...missing);
  }
  const counted = inStep.reduce((sum, [, all]) => sum + all.length, 0);
  return { findings, documents: rows.length, objects: counted, next: last ?? null };
}

function readDocuments(
  ctx: SystemContext,
  after: string | null,
  upTo: string | undefined,
): Promise<DocumentRow[]> {
  return ctx.db
    .select()
    .from(documents)
    .where(
      and(after ? gt(documents.id, after) : undefined, upTo ? lte(documents.id, upTo) : undefined),
    )
    .orderBy(asc(documents.id))
    .limit(STEP);
}

function withoutRow(
  documentId: string,
  objects: FoundObject[],
  expected: NamedObjects | undefined,
): Finding[] {
  const named = new Set(expected?.allowed);
  for (const { key } of expected?.objects ?? []) named.add(key);
  return objects
    .filter(({ key }) => !named.has(key))
    .map(({ key }) => ({ kind: 'object-without-row', documentId, key, page: null, mended: null }));
}

async function deleteStrays(ctx: SystemContext, strays: Finding[], old: Set<string>) {
  const gone = strays.filter(({ key }) => old.has(key));
  await deleteObjects(
    ctx.storage,
    gone.map(({ key }) => key),
  );
  for (const stray of gone) stray.mended = 'deleted';
}

function withoutObject(
  { id: documentId }: DocumentRow,
  objects: FoundObject[],
  expected: NamedObjects | undefined,
): Finding[] {
  const there = new Set(objects.map(({ key }) => key));
  return (expected?.objects ?? [])
    .filter(({ key }) => !there.has(key))
    .map((object) => ({ ...object, documentId, mended: null }));
}
