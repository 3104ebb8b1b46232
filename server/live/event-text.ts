import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import type { FanfoldError } from '../errors.ts';
import type { IdentifiedUpdate } from './open-watch.ts';
import type { LiveUpdate } from './watch.ts';

/** Milliseconds between two signs of life. */
export const HEARTBEAT = 10_000;
/** Milliseconds of silence after which a client takes the stream for broken. */
export const SILENCE = 25_000;

/** The events of tRPC's `httpSubscriptionLink`, as its version 11 reads them. */
export const connectedText = `event: connected\ndata: {"reconnectAfterInactivityMs":${SILENCE}}\n\n`;

/** A comment for whoever is on the way, and an event for the client, which sees no comments. */
export const heartbeatText = ': heartbeat\nevent: ping\ndata: \n\n';

/** Bytes that are the same for many watchers are the same object: a copy for each would be what they cost most. */
export function updateBytes({ id, update }: IdentifiedUpdate): Buffer {
  const text = `data: ${toJson(update)}\nid: ${id}\n\n`;
  const known = recent.get(text);
  if (known) return known;
  const bytes = Buffer.from(text);
  if (text.length > LONGEST_KEPT) return bytes;
  const [oldest] = recent.keys();
  if (recent.size === MOST_KEPT && oldest !== undefined) recent.delete(oldest);
  recent.set(text, bytes);
  return bytes;
}

/** Characters of a text, and number of those that are kept to be sent again. */
const LONGEST_KEPT = 16_384;
const MOST_KEPT = 64;
const recent = new Map<string, Buffer>();

/** Ends the stream for good. */
export function refusalText({ code, sentence }: FanfoldError, httpStatus: number): string {
  const key = code === 'NOT_FOUND' ? 'NOT_FOUND' : 'BAD_REQUEST';
  const data = { code: key, httpStatus, fanfold: { code, sentence } };
  const shape = { message: sentence, code: TRPC_ERROR_CODES_BY_KEY[key], data };
  return `event: serialized-error\ndata: ${JSON.stringify(shape)}\n\n`;
}

const texts = new WeakMap<object, string>();

/** Watchers are shown the same views, which are turned into text once for all of them. */
function toJson(update: LiveUpdate): string {
  if (update.kind === 'documents') {
    const removed = JSON.stringify(update.removed);
    return `{"kind":"documents","documents":[${update.documents.map(textOf)}],"removed":${removed}}`;
  }
  if (update.kind === 'document') {
    const pages = update.pages.map(textOf);
    return `{"kind":"document","document":${textOf(update.document)},"pages":[${pages}]}`;
  }
  return JSON.stringify(update);
}

function textOf(view: object): string {
  const known = texts.get(view);
  if (known !== undefined) return known;
  const text = JSON.stringify(view);
  texts.set(view, text);
  return text;
}
