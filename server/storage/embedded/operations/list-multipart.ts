import { CHECKSUM_ALGORITHMS } from '../body/digests.ts';
import { findBucket } from '../disk/buckets.ts';
import { concurrently } from '../disk/concurrently.ts';
import {
  findPart,
  findUpload,
  listUploads,
  type Part,
  partNumbers,
  type Upload,
} from '../disk/uploads.ts';
import { S3Error } from '../errors.ts';
import { type Reply, type SignedCall, xmlReply } from '../http/call.ts';
import { element, optional, xmlDocument } from '../http/xml.ts';
import { quote } from './attributes.ts';
import { readLimit, textEncoder } from './list-objects.ts';

const MAX_PAGE = 1000;

export async function listParts({ request, store }: SignedCall): Promise<Reply> {
  const { query } = request;
  const bucket = await findBucket(store, request.bucket);
  const upload = await findUpload(bucket, query.uploadId ?? '', request.key);
  const limit = readLimit(query['max-parts'], MAX_PAGE);
  const marker = readLimit(query['part-number-marker'] ?? '0', Number.MAX_SAFE_INTEGER);
  const numbers = (await partNumbers(bucket, upload)).filter((number) => number > marker);
  const page = numbers.slice(0, limit);
  const parts = await concurrently(page, (number) => findPart(bucket, upload, number));
  const truncated = numbers.length > page.length && limit > 0;
  return xmlReply(
    xmlDocument(
      'ListPartsResult',
      element('Bucket', bucket.name),
      element('Key', textEncoder(query['encoding-type'])(upload.key)),
      element('UploadId', upload.id),
      element('PartNumberMarker', marker),
      optional('NextPartNumberMarker', truncated ? page.at(-1) : undefined),
      element('MaxParts', limit),
      element('IsTruncated', truncated),
      optional('ChecksumAlgorithm', upload.algorithm),
      optional('ChecksumType', upload.algorithm && 'COMPOSITE'),
      parts.map(partElement),
    ),
  );
}

export async function listMultipartUploads({ request, store }: SignedCall): Promise<Reply> {
  const { query } = request;
  if (query.delimiter) throw new S3Error('NotImplemented', 'A delimiter is not known here.');
  const bucket = await findBucket(store, request.bucket);
  const { prefix = '', 'key-marker': keyMarker = '', 'upload-id-marker': idMarker = '' } = query;
  const limit = readLimit(query['max-uploads'], MAX_PAGE);
  const encode = textEncoder(query['encoding-type']);
  const matching = (await listUploads(bucket)).filter(({ key }) => key.startsWith(prefix));
  const rest = matching.slice(pastMarker(matching, keyMarker, idMarker));
  const page = rest.slice(0, limit);
  const truncated = rest.length > page.length && limit > 0;
  return xmlReply(
    xmlDocument(
      'ListMultipartUploadsResult',
      element('Bucket', bucket.name),
      element('Prefix', encode(prefix)),
      element('KeyMarker', encode(keyMarker)),
      element('UploadIdMarker', idMarker),
      optional('NextKeyMarker', truncated ? encode(page.at(-1)?.key ?? '') : undefined),
      optional('NextUploadIdMarker', truncated ? page.at(-1)?.id : undefined),
      element('MaxUploads', limit),
      element('IsTruncated', truncated),
      page.map((upload) => uploadElement(upload, encode)),
    ),
  );
}

/** Index of the first upload after the markers. */
function pastMarker(uploads: Upload[], keyMarker: string, idMarker: string): number {
  const marked = idMarker
    ? uploads.findIndex(({ key, id }) => key === keyMarker && id === idMarker)
    : -1;
  if (marked >= 0) return marked + 1;
  const bytes = Buffer.from(keyMarker);
  const next = uploads.findIndex(
    ({ key }) => keyMarker === '' || Buffer.from(key).compare(bytes) > 0,
  );
  return next < 0 ? uploads.length : next;
}

function partElement(part: Part) {
  return element(
    'Part',
    element('PartNumber', part.number),
    element('LastModified', part.modifiedAt),
    element('ETag', quote(part.etag)),
    element('Size', part.size),
    CHECKSUM_ALGORITHMS.map((name) => optional(`Checksum${name}`, part.checksums[name])),
  );
}

function uploadElement(upload: Upload, encode: (text: string) => string) {
  return element(
    'Upload',
    element('Key', encode(upload.key)),
    element('UploadId', upload.id),
    element('Initiated', upload.initiatedAt),
    element('StorageClass', 'STANDARD'),
    optional('ChecksumAlgorithm', upload.algorithm),
  );
}
