import { type DigestName, isChecksumAlgorithm } from '../body/digests.ts';
import type { Checksums } from '../body/expectations.ts';
import { type Bucket, findBucket } from '../disk/buckets.ts';
import {
  type ObjectDescription,
  type ObjectSource,
  openObject,
  storeObject,
} from '../disk/objects.ts';
import { preconditionFailed } from '../disk/publish.ts';
import type { OpenRecord } from '../disk/record.ts';
import { S3Error } from '../errors.ts';
import { type Reply, type SignedCall, xmlReply } from '../http/call.ts';
import { namesEtag } from '../http/conditions.ts';
import { checkKey } from '../http/request.ts';
import { element, xmlDocument } from '../http/xml.ts';
import { quote, readAttributes, readExclusive } from './attributes.ts';

/** Copies an object. The copy is digested anew, so a multipart source gets a plain etag. */
export async function copyObject({
  request,
  identity: { fields },
  store,
}: SignedCall): Promise<Reply> {
  const bucket = await findBucket(store, request.bucket);
  const from = await findSource(store, fields['x-amz-copy-source'] ?? '');
  const replaces = readDirective(fields['x-amz-metadata-directive']);
  if (!replaces && from.bucket.name === bucket.name && from.key === request.key) {
    throw new S3Error('InvalidRequest', 'This copy request would change nothing.');
  }
  const source = await openObject(from.bucket, from.key);
  try {
    checkConditions(fields, source.description.etag);
    const attributes = replaces ? readAttributes(fields) : source.description;
    const { contentType, headers, user } = attributes;
    const copied = await storeObject(
      bucket,
      request.key,
      { contentType, headers, user },
      readSource(source, fields['x-amz-checksum-algorithm']),
      readExclusive(fields),
    );
    return xmlReply(resultDocument(copied));
  } finally {
    await source.handle.close();
  }
}

async function findSource(
  store: SignedCall['store'],
  text: string,
): Promise<{ bucket: Bucket; key: string }> {
  const match = /^\/?([^/?]+)\/([^?]+)$/.exec(text);
  try {
    const [, name = '', key = ''] = match ?? [];
    if (name && key) {
      return {
        bucket: await findBucket(store, decodeURIComponent(name)),
        key: checkKey(decodeURIComponent(key)),
      };
    }
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
  }
  throw new S3Error(
    'InvalidArgument',
    'Copy Source must mention the source bucket and key: sourcebucket/sourcekey.',
  );
}

function readDirective(directive = 'COPY'): boolean {
  if (directive === 'COPY' || directive === 'REPLACE') return directive === 'REPLACE';
  throw new S3Error('InvalidArgument', 'Unknown metadata directive.');
}

function checkConditions(fields: Readonly<Record<string, string>>, etag: string): void {
  const match = fields['x-amz-copy-source-if-match'];
  const noneMatch = fields['x-amz-copy-source-if-none-match'];
  if (match !== undefined && !namesEtag(match, etag)) throw preconditionFailed();
  if (noneMatch !== undefined && namesEtag(noneMatch, etag)) throw preconditionFailed();
  const unknown = Object.keys(fields).find((name) =>
    /^x-amz-copy-source-if-(un)?modified/.test(name),
  );
  if (unknown) throw new S3Error('NotImplemented', `The store does not know ${unknown}.`);
}

/** The checksum of the copy is of the algorithm that was asked for, else of those of its source. */
function readSource(
  { handle, description }: OpenRecord<ObjectDescription>,
  wanted?: string,
): ObjectSource {
  const algorithms = (wanted ? [wanted.toUpperCase()] : Object.keys(description.checksums)).map(
    (name) => {
      if (isChecksumAlgorithm(name)) return name;
      throw new S3Error('NotImplemented', `The algorithm ${name} is not known here.`);
    },
  );
  const { size } = description;
  return {
    chunks:
      size > 0
        ? handle.createReadStream({ start: 0, end: size - 1, autoClose: false })
        : emptySource(),
    digests: ['MD5', ...algorithms] as DigestName[],
    describe: ({ digests }) => ({
      etag: digests.MD5?.toString('hex') ?? '',
      checksums: Object.fromEntries(
        algorithms.map((name) => [name, digests[name]?.toString('base64')]),
      ) as Checksums,
      checksumType: 'FULL_OBJECT',
    }),
  };
}

async function* emptySource(): AsyncGenerator<Buffer> {}

function resultDocument({ etag, modifiedAt, checksums }: ObjectDescription): string {
  const entries = Object.entries(checksums) as [keyof Checksums, string][];
  return xmlDocument(
    'CopyObjectResult',
    element('LastModified', modifiedAt),
    element('ETag', quote(etag)),
    entries.map(([name, value]) => element(`Checksum${name}`, value)),
  );
}
