import { checksumField } from '../body/digests.ts';
import type { Checksums } from '../body/expectations.ts';
import type { Attributes, ObjectDescription } from '../disk/objects.ts';
import { S3Error } from '../errors.ts';

type Fields = Readonly<Record<string, string>>;

const KEPT_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
];
const USER_PREFIX = 'x-amz-meta-';
const MAX_USER_BYTES = 2048;
/** Settings that would change what is stored, and that the store does not have. */
const UNKNOWN =
  /^x-amz-(server-side-encryption|acl$|grant-|tagging|storage-class|object-lock|website)/;

/** What a request or a form says about its object. */
export function readAttributes(fields: Fields): Attributes {
  const unknown = Object.keys(fields).find((name) => UNKNOWN.test(name));
  if (unknown) throw new S3Error('NotImplemented', `The store does not know ${unknown}.`);
  const contentEncoding = withoutChunked(fields['content-encoding']);
  const headers = {
    ...pick(fields, KEPT_HEADERS),
    ...(contentEncoding && { 'content-encoding': contentEncoding }),
  };
  if (!contentEncoding) delete headers['content-encoding'];
  const user = Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name.startsWith(USER_PREFIX))
      .map(([name, value]) => [name.slice(USER_PREFIX.length), value]),
  );
  const attributes = {
    contentType: fields['content-type'] || 'binary/octet-stream',
    headers,
    user,
  };
  checkAttributes(attributes);
  return attributes;
}

/** True where the request asks that no object of this key be replaced. */
export function readExclusive(fields: Fields): boolean {
  if (fields['if-match'] !== undefined) {
    throw new S3Error('NotImplemented', 'If-Match is not known when writing.');
  }
  const condition = fields['if-none-match'];
  if (condition === undefined || condition === '*') return condition === '*';
  throw new S3Error('NotImplemented', 'If-None-Match takes only an asterisk when writing.');
}

export function checksumHeaders(checksums: Checksums, type?: ObjectDescription['checksumType']) {
  const entries = Object.entries(checksums) as [keyof Checksums, string][];
  const headers = entries.map(([algorithm, value]) => [checksumField(algorithm), value]);
  if (type && headers.length > 0) headers.push(['x-amz-checksum-type', type]);
  return Object.fromEntries(headers) as Record<string, string>;
}

/** The headers of an answer that describe an object. */
export function objectHeaders(description: ObjectDescription): Record<string, string> {
  return {
    'Content-Type': description.contentType,
    ...description.headers,
    ...Object.fromEntries(
      Object.entries(description.user).map(([name, value]) => [USER_PREFIX + name, value]),
    ),
    ETag: quote(description.etag),
    'Last-Modified': new Date(description.modifiedAt).toUTCString(),
    'Accept-Ranges': 'bytes',
  };
}

export function quote(etag: string): string {
  return `"${etag}"`;
}

function withoutChunked(encoding: string | undefined): string | undefined {
  const codings = encoding?.split(',').map((coding) => coding.trim());
  return codings?.filter((coding) => coding && coding !== 'aws-chunked').join(',') || undefined;
}

function pick(fields: Fields, names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (fields[name] ? [[name, fields[name]]] : [])));
}

/** Everything here comes back as a header, so it must be fit for one. */
function checkAttributes({ contentType, headers, user }: Attributes): void {
  const values = [contentType, ...Object.values(headers), ...Object.values(user)];
  if (
    !values.every(isHeaderValue) ||
    !Object.keys(user).every((name) => /^[\w!#$&'*+.^`|~-]+$/.test(name))
  ) {
    throw new S3Error(
      'InvalidArgument',
      'The description of the object holds characters that no header can.',
    );
  }
  const bytes = Object.entries(user).reduce(
    (sum, [name, value]) => sum + name.length + value.length,
    0,
  );
  if (bytes > MAX_USER_BYTES) {
    throw new S3Error(
      'MetadataTooLarge',
      'Your metadata headers exceed the maximum allowed metadata size.',
    );
  }
}

export function isHeaderValue(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}
