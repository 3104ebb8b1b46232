import type { DocumentSummary } from '../data/trpc.ts';
import { formatAge } from '../documents/format.ts';
import { toast } from '../ui/toast.ts';

/** Milliseconds in which one can decide. */
const SHOWN = 12_000;

/** Tells that a file was read before, and offers to open that document or to read it again. */
export function tellOfKnown(open: (documentId: string) => void) {
  return ({ id, fileName, status, finishedAt }: DocumentSummary, again: () => void): void => {
    const done = status === 'completed' && finishedAt;
    const message = done
      ? `This file was read ${formatAge(finishedAt, Date.now())}`
      : 'This file is being read already';
    toast(message, {
      description: fileName,
      duration: SHOWN,
      action: { label: 'Open', onClick: () => open(id) },
      cancel: { label: 'Read again', onClick: again },
    });
  };
}
