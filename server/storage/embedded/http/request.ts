import type { IncomingMessage } from 'node:http';
import { S3Error } from '../errors.ts';

/** A request in S3's terms. `bucket` and `key` are empty where the path names none. */
export interface S3Request {
  readonly method: string;
  /** The path as signatures cover it: each segment decoded and encoded again by RFC 3986. */
  readonly canonicalPath: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names; repeated headers are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
}

const MAX_KEY_BYTES = 1024;

/** Throws `InvalidURI`, `InvalidArgument` or `KeyTooLongError`. */
export function parseRequest(message: IncomingMessage): S3Request {
  const target = message.url ?? '';
  if (!target.startsWith('/')) throw new S3Error('InvalidURI', 'The path must start with a slash.');
  const cut = target.indexOf('?');
  const segments = (cut < 0 ? target : target.slice(0, cut)).slice(1).split('/').map(decode);
  const [bucket = '', ...rest] = segments;
  return {
    method: message.method ?? '',
    canonicalPath: `/${segments.map(encodeRfc3986).join('/')}`,
    bucket,
    key: checkKey(rest.join('/')),
    query: parseQuery(cut < 0 ? '' : target.slice(cut + 1)),
    headers: joinHeaders(message),
  };
}

export function checkKey(key: string): string {
  if (Buffer.byteLength(key) <= MAX_KEY_BYTES) return key;
  throw new S3Error('KeyTooLongError', 'Your key is too long.');
}

export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new S3Error('InvalidURI', "Couldn't parse the specified URI.", { cause });
  }
}

function parseQuery(text: string): Record<string, string> {
  const entries = [...new URLSearchParams(text)];
  if (new Set(entries.map(([name]) => name.toLowerCase())).size < entries.length) {
    throw new S3Error('InvalidArgument', 'A query parameter was given more than once.');
  }
  return Object.fromEntries(entries);
}

function joinHeaders(message: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(message.headersDistinct).map(([name, values]) => [
      name,
      values?.join(',') ?? '',
    ]),
  );
}
