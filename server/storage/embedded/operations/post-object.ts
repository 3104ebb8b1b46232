import { type PostGrant, verifyPostPolicy } from '../auth/post-policy.ts';
import type { DigestName } from '../body/digests.ts';
import { contentMd5, declaredChecksums, expectDigest } from '../body/expectations.ts';
import { openForm, type UploadForm } from '../body/form.ts';
import type { Payload } from '../body/payload.ts';
import { findBucket } from '../disk/buckets.ts';
import { type ObjectDescription, storeObject } from '../disk/objects.ts';
import { S3Error } from '../errors.ts';
import type { Call, Reply } from '../http/call.ts';
import { checkKey, encodeRfc3986 } from '../http/request.ts';
import { element, xmlDocument } from '../http/xml.ts';
import { checksumHeaders, quote, readAttributes } from './attributes.ts';
import { sourceOf } from './put-object.ts';

/** The browser's upload by a signed form. The policy is judged before the file is read. */
export async function postObject({ request, store, signer, body }: Call): Promise<Reply> {
  const form = await openForm(request.headers['content-type'] ?? '', body);
  try {
    const grant = await verifyPostPolicy(form.fields, request.bucket, signer);
    const bucket = await findBucket(store, request.bucket);
    const key = readKey(form.fields);
    const attributes = readAttributes(form.fields);
    const source = sourceOf(formPayload(form, grant));
    const stored = await storeObject(bucket, key, attributes, source, false);
    return describeReply(
      form.fields.success_action_status,
      request.headers.host,
      bucket.name,
      stored,
    );
  } finally {
    form.close();
  }
}

function readKey(fields: UploadForm['fields']): string {
  const key = checkKey(fields.key ?? '');
  if (key === '')
    throw new S3Error('InvalidArgument', "Bucket POST must contain a field named 'key'.");
  // biome-ignore lint/suspicious/noTemplateCurlyInString: S3 writes its placeholder so.
  if (key.includes('${filename}') || fields.success_action_redirect !== undefined) {
    throw new S3Error('NotImplemented', 'A key by file name and a redirect are not known here.');
  }
  return key;
}

function formPayload({ fields, file, ended }: UploadForm, grant: PostGrant): Payload {
  const md5 = contentMd5(fields);
  const checksums = declaredChecksums(fields);
  const algorithms = Object.keys(checksums) as (keyof typeof checksums)[];
  return {
    chunks: withinRange(file, ended, grant),
    digests: ['MD5', ...algorithms] as DigestName[],
    verify(received) {
      if (md5 !== undefined) expectDigest(received, 'MD5', md5);
      for (const name of algorithms) expectDigest(received, name, checksums[name] ?? '');
      return checksums;
    },
  };
}

/** Ends only when the whole form has arrived. */
async function* withinRange(
  file: AsyncIterable<Buffer>,
  ended: Promise<void>,
  { minSize, maxSize }: PostGrant,
): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of file) {
    size += chunk.length;
    if (size > maxSize) {
      throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size.');
    }
    yield chunk;
  }
  await ended;
  if (size < minSize) {
    throw new S3Error(
      'EntityTooSmall',
      'Your proposed upload is smaller than the minimum allowed size.',
    );
  }
}

function describeReply(
  status: string | undefined,
  host: string | undefined,
  bucket: string,
  stored: ObjectDescription,
): Reply {
  const path = [bucket, ...stored.key.split('/')].map(encodeRfc3986).join('/');
  const location = `http://${host}/${path}`;
  const etag = quote(stored.etag);
  const headers = {
    ETag: etag,
    Location: location,
    ...checksumHeaders(stored.checksums, stored.checksumType),
  };
  if (status !== '201') return { status: status === '200' ? 200 : 204, headers };
  const body = xmlDocument(
    'PostResponse',
    element('Location', location),
    element('Bucket', bucket),
    element('Key', stored.key),
    element('ETag', etag),
  );
  return { status: 201, headers: { ...headers, 'Content-Type': 'application/xml' }, body };
}
