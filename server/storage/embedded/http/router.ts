import { authenticate } from '../auth/identity.ts';
import { S3Error } from '../errors.ts';
import { createBucket, headBucket } from '../operations/bucket.ts';
import { copyObject } from '../operations/copy-object.ts';
import { getBucketCors, putBucketCors } from '../operations/cors.ts';
import { deleteObject, deleteObjects } from '../operations/delete-objects.ts';
import { getObject, headObject } from '../operations/get-object.ts';
import { listMultipartUploads, listParts } from '../operations/list-multipart.ts';
import { listObjects } from '../operations/list-objects.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  uploadPart,
} from '../operations/multipart.ts';
import { postObject } from '../operations/post-object.ts';
import { putObject } from '../operations/put-object.ts';
import type { Call, Reply, SignedCall } from './call.ts';
import type { S3Request } from './request.ts';

interface Route {
  method: string;
  target: 'bucket' | 'object';
  /** Query parameters that make the operation; `name=value` demands the value. */
  needs?: string[];
  /** Further query parameters that the operation understands. */
  takes?: string[];
  run(call: SignedCall): Promise<Reply>;
}

const PAGE = ['prefix', 'delimiter', 'encoding-type'];
const OVERRIDES = [
  'content-type',
  'content-language',
  'expires',
  'cache-control',
  'content-disposition',
  'content-encoding',
];

const ROUTES: Route[] = [
  { method: 'PUT', target: 'bucket', needs: ['cors'], run: putBucketCors },
  { method: 'GET', target: 'bucket', needs: ['cors'], run: getBucketCors },
  { method: 'PUT', target: 'bucket', run: createBucket },
  { method: 'HEAD', target: 'bucket', run: headBucket },
  { method: 'POST', target: 'bucket', needs: ['delete'], run: deleteObjects },
  {
    method: 'GET',
    target: 'bucket',
    needs: ['list-type=2'],
    takes: [...PAGE, 'continuation-token', 'start-after', 'max-keys', 'fetch-owner'],
    run: listObjects,
  },
  {
    method: 'GET',
    target: 'bucket',
    needs: ['uploads'],
    takes: [...PAGE, 'key-marker', 'upload-id-marker', 'max-uploads'],
    run: listMultipartUploads,
  },
  { method: 'POST', target: 'object', needs: ['uploads'], run: createMultipartUpload },
  { method: 'PUT', target: 'object', needs: ['uploadId', 'partNumber'], run: uploadPart },
  { method: 'POST', target: 'object', needs: ['uploadId'], run: completeMultipartUpload },
  { method: 'DELETE', target: 'object', needs: ['uploadId'], run: abortMultipartUpload },
  {
    method: 'GET',
    target: 'object',
    needs: ['uploadId'],
    takes: ['part-number-marker', 'max-parts', 'encoding-type'],
    run: listParts,
  },
  { method: 'PUT', target: 'object', run: putOrCopy },
  {
    method: 'GET',
    target: 'object',
    takes: OVERRIDES.map((name) => `response-${name}`),
    run: getObject,
  },
  {
    method: 'HEAD',
    target: 'object',
    takes: OVERRIDES.map((name) => `response-${name}`),
    run: headObject,
  },
  { method: 'DELETE', target: 'object', run: deleteObject },
];

/** Authenticates a call and runs its operation. */
export async function route(call: Call): Promise<Reply> {
  if (isForm(call.request)) return postObject(call);
  const identity = await authenticate(call.request, call.signer);
  const found = ROUTES.find((candidate) => fits(candidate, call.request));
  if (!found) throw new S3Error('NotImplemented', 'The store does not know this operation.');
  return found.run({ ...call, identity });
}

function isForm({ method, key, headers, query }: S3Request): boolean {
  const isMultipart = /^multipart\/form-data\b/i.test(headers['content-type'] ?? '');
  return method === 'POST' && key === '' && isMultipart && Object.keys(query).length === 0;
}

function fits(
  { method, target, needs = [], takes = [] }: Route,
  { query, ...request }: S3Request,
): boolean {
  if (method !== request.method || request.bucket === '') return false;
  if ((target === 'object') !== (request.key !== '')) return false;
  const needed = needs.map((need) => need.split('='));
  const known = new Set([...takes, ...needed.map(([name]) => name), 'x-id']);
  return (
    needed.every(
      ([name = '', value]) => query[name] !== undefined && (value ?? query[name]) === query[name],
    ) && Object.keys(query).every((name) => known.has(name) || /^x-amz-/i.test(name))
  );
}

function putOrCopy(call: SignedCall): Promise<Reply> {
  return call.identity.fields['x-amz-copy-source'] === undefined
    ? putObject(call)
    : copyObject(call);
}
