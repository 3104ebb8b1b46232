/** The channel on which changes are announced. */
export const CHANGE_CHANNEL = 'fanfold_changes';

/** A document that may have changed: ids and nothing else, 73 bytes as a payload. */
export interface Change {
  ownerId: string;
  documentId: string;
}

export function parseChange(payload: string): Change | undefined {
  const [ownerId, documentId] = payload.split(':');
  return ownerId && documentId ? { ownerId, documentId } : undefined;
}
