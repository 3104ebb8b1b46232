/** Documents that one stream watches. */
export const MAX_WATCHED = 32;
/** Of an id, its number and what divides them. */
const ENTRY_LENGTH = 48;
export const MAX_CURSOR_LENGTH = MAX_WATCHED * ENTRY_LENGTH;

/** `id:seq,id:seq,…`: up to which event each watched document was shown. */
export function formatCursor(documents: ReadonlyMap<string, number>): string {
  return [...documents].map(([id, seq]) => `${id}:${seq}`).join(',');
}

/** What a cursor says of these documents; 0, from the beginning, for those it does not name. */
export function parseCursor(cursor: string, documentIds: string[]): Map<string, number> {
  const known = new Map(
    cursor.split(',').flatMap((entry) => {
      const [, id = '', seq] = /^([^:]+):(\d{1,9})$/.exec(entry) ?? [];
      return seq ? [[id, Number(seq)] as const] : [];
    }),
  );
  return new Map(documentIds.map((id) => [id, known.get(id) ?? 0]));
}
