import { findBucket } from '../disk/buckets.ts';
import type { ObjectDescription } from '../disk/objects.ts';
import { listPage } from '../disk/pages.ts';
import { S3Error } from '../errors.ts';
import { type Reply, type SignedCall, xmlReply } from '../http/call.ts';
import { encodeRfc3986 } from '../http/request.ts';
import { element, optional, xmlDocument } from '../http/xml.ts';
import { quote } from './attributes.ts';

const MAX_PAGE = 1000;

/** ListObjectsV2. */
export async function listObjects({ request, store }: SignedCall): Promise<Reply> {
  const bucket = await findBucket(store, request.bucket);
  const { query } = request;
  const {
    prefix = '',
    delimiter = '',
    'continuation-token': token,
    'start-after': startAfter = '',
  } = query;
  const limit = readLimit(query['max-keys'], MAX_PAGE);
  const encode = textEncoder(query['encoding-type']);
  const after = token === undefined ? startAfter : Buffer.from(token, 'base64url').toString();
  const page = await listPage(bucket, { prefix, delimiter, after, limit });
  return xmlReply(
    xmlDocument(
      'ListBucketResult',
      element('Name', bucket.name),
      element('Prefix', encode(prefix)),
      delimiter && element('Delimiter', encode(delimiter)),
      element('KeyCount', page.objects.length + page.commonPrefixes.length),
      element('MaxKeys', limit),
      element('IsTruncated', page.next !== undefined),
      optional('ContinuationToken', token),
      optional('StartAfter', query['start-after'] && encode(startAfter)),
      optional('NextContinuationToken', page.next && Buffer.from(page.next).toString('base64url')),
      optional('EncodingType', query['encoding-type']),
      page.objects.map((object) => contentsElement(object, encode)),
      page.commonPrefixes.map((name) => element('CommonPrefixes', element('Prefix', encode(name)))),
    ),
  );
}

/** A page size from the query; S3 takes a larger one for its maximum. Throws `InvalidArgument`. */
export function readLimit(text: string | undefined, maximum: number): number {
  if (text === undefined) return maximum;
  if (/^\d{1,10}$/.test(text)) return Math.min(Number(text), maximum);
  throw new S3Error('InvalidArgument', 'The size of the page is not a number.');
}

/** How keys are written into a listing: as they are, or URL-encoded. */
export function textEncoder(encodingType: string | undefined): (text: string) => string {
  if (encodingType === undefined) return (text) => text;
  if (encodingType === 'url') return (text) => text.split('/').map(encodeRfc3986).join('/');
  throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request.');
}

function contentsElement(object: ObjectDescription, encode: (text: string) => string) {
  return element(
    'Contents',
    element('Key', encode(object.key)),
    element('LastModified', object.modifiedAt),
    element('ETag', quote(object.etag)),
    element('Size', object.size),
    element('StorageClass', 'STANDARD'),
  );
}
