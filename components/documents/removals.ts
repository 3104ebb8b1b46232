/** Documents that someone deleted and may still take back: hidden at once, deleted a little later. */
export interface Removal {
  commit(): void;
  undo(): void;
}

const pending = new Set<string>();
const listeners = new Set<() => void>();
let hidden: ReadonlySet<string> = new Set();

/** Hides the document until it is either deleted or brought back. */
export function beginRemoval(id: string, remove: () => Promise<unknown>): Removal {
  const settle = () => pending.delete(id);
  const removal: Removal = {
    commit() {
      if (settle()) remove().catch(() => show(id));
    },
    undo() {
      if (settle()) show(id);
    },
  };
  pending.add(id);
  setHidden(new Set([...hidden, id]));
  return removal;
}

/** What still could be taken back, and can be no more: whoever takes it has to delete it. */
export function takeRemovals(): string[] {
  const ids = [...pending];
  pending.clear();
  return ids;
}

export function subscribeToRemovals(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const readHidden = () => hidden;

function show(id: string): void {
  setHidden(new Set([...hidden].filter((other) => other !== id)));
}

function setHidden(next: ReadonlySet<string>): void {
  hidden = next;
  for (const listener of listeners) listener();
}
