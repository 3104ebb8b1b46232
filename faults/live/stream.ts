import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveUpdate } from '#server/live/watch.ts';
import type { PageView } from '#server/pages/view.ts';

/** What a viewer of one document has been shown. */
export interface Shown {
  status: number | undefined;
  lastId: string | undefined;
  documentSeq: number;
  documentStatus: string | undefined;
  gone: boolean;
  pages: Map<number, PageView>;
  /** Each view of a page as `number@seq`, in order. */
  received: string[];
  /** Bytes, and when each piece came, in milliseconds since the request. */
  bytes: number;
  arrivals: number[];
  text: string;
  ended: boolean;
}

export interface Stream {
  shown: Shown;
  /** Waits until it is shown; throws after `withinMs`. */
  until(condition: (shown: Shown) => boolean, withinMs?: number): Promise<void>;
  close(): void;
}

/** A viewer that keeps what it is shown. */
export function openStream(url: string, key: string, lastId?: string): Stream {
  const shown: Shown = {
    status: undefined,
    lastId: undefined,
    documentSeq: -1,
    documentStatus: undefined,
    gone: false,
    pages: new Map(),
    received: [],
    bytes: 0,
    arrivals: [],
    text: '',
    ended: false,
  };
  const begun = performance.now();
  const headers = {
    Authorization: `Bearer ${key}`,
    Accept: 'text/event-stream',
    'Accept-Encoding': 'gzip, deflate, br',
    ...(lastId && { 'Last-Event-ID': lastId }),
  };
  const request = get(url, { agent: false, headers }, (response) => {
    shown.status = response.statusCode;
    let rest = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      shown.bytes += Buffer.byteLength(chunk);
      shown.arrivals.push(performance.now() - begun);
      shown.text = (shown.text + chunk).slice(-100_000);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(shown, line);
    });
    response.on('error', () => undefined);
    response.on('close', () => {
      shown.ended = true;
    });
  });
  request.on('error', () => {
    shown.ended = true;
  });
  return {
    shown,
    async until(condition, withinMs = 20_000) {
      const deadline = Date.now() + withinMs;
      while (!condition(shown)) {
        if (Date.now() > deadline) throw new Error(`not shown within ${withinMs} ms`);
        await sleep(10);
      }
    },
    close: () => request.destroy(),
  };
}

function take(shown: Shown, line: string): void {
  if (line.startsWith('id: ')) shown.lastId = line.slice('id: '.length);
  if (!line.startsWith('data: {"kind"')) return;
  const update: LiveUpdate = JSON.parse(line.slice('data: '.length));
  if (update.kind === 'gone') shown.gone = true;
  if (update.kind !== 'document') return;
  shown.documentSeq = update.document.seq;
  shown.documentStatus = update.document.status;
  for (const page of update.pages) {
    shown.pages.set(page.number, page);
    shown.received.push(`${page.number}@${page.seq}`);
  }
}
