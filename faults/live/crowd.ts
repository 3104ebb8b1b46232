import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type Order =
  | { kind: 'open'; urls: string[]; headers: Record<string, string>; atOnce: number }
  | { kind: 'report' };

/** That a client was shown a document as it was after event `seq`. */
export interface Receipt {
  client: number;
  documentId: string;
  seq: number;
  /** Milliseconds since the epoch. */
  at: number;
}

export interface Report {
  open: number;
  ended: number;
  firstEventMs: number[];
  receipts: Receipt[];
}

/** Streams that a process of its own holds open. */
export interface Crowd {
  report(): Promise<Report>;
  leave(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('./crowd-process.ts', import.meta.url));

/** Opens a stream for each address, `atOnce` at a time; resolves once each has had an event or was refused. */
export async function gather(options: {
  urls: string[];
  key: string;
  atOnce?: number;
}): Promise<Crowd> {
  const child = fork(PROGRAM, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  const headers = { Authorization: `Bearer ${options.key}`, Accept: 'text/event-stream' };
  child.send({ kind: 'open', urls: options.urls, headers, atOnce: options.atOnce ?? 20 });
  await once(child, 'message');
  return {
    async report() {
      child.send({ kind: 'report' });
      const [report] = await once(child, 'message');
      return report;
    },
    async leave() {
      child.disconnect();
      await exited;
    },
  };
}

/** The address of a stream of this document. */
export function streamUrl(web: { url: string }, documentId?: string): string {
  const input = encodeURIComponent(JSON.stringify({ documentId }));
  return `${web.url}/api/trpc/live.watch?input=${input}`;
}

/**
 * Milliseconds from each change to the moment at which each client was shown it, or something newer;
 * Infinity where it never was.
 */
export function delays(
  receipts: Receipt[],
  changes: { documentId: string; seq: number; at: number }[],
  clients: number,
): number[] {
  const shown = new Map<string, Receipt[]>();
  for (const receipt of receipts) {
    const key = `${receipt.client} ${receipt.documentId}`;
    shown.set(key, [...(shown.get(key) ?? []), receipt]);
  }
  return changes.flatMap((change) =>
    Array.from({ length: clients }, (_, client) => {
      const receipts = shown.get(`${client} ${change.documentId}`) ?? [];
      const first = receipts.find(({ seq }) => seq >= change.seq);
      return first ? Math.max(0, first.at - change.at) : Number.POSITIVE_INFINITY;
    }),
  );
}
