import { findBucket } from '../disk/buckets.ts';
import { describeObject, type ObjectDescription, openObject } from '../disk/objects.ts';
import { preconditionFailed } from '../disk/publish.ts';
import { S3Error } from '../errors.ts';
import type { Reply, SignedCall } from '../http/call.ts';
import { type ByteRange, namesEtag, parseRange } from '../http/conditions.ts';
import { checksumHeaders, isHeaderValue, objectHeaders } from './attributes.ts';

const READ_BYTES = 256 * 1024;

export async function getObject(call: SignedCall): Promise<Reply> {
  const bucket = await findBucket(call.store, call.request.bucket);
  const { handle, description } = await openObject(bucket, call.request.key);
  try {
    const reply = describeReply(call, description);
    const length = Number(reply.headers['Content-Length'] ?? 0);
    if (length > 0) {
      const { start } = reply.range;
      return {
        ...reply,
        body: handle.createReadStream({
          start,
          end: start + length - 1,
          highWaterMark: READ_BYTES,
        }),
      };
    }
    await handle.close();
    return reply;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

export async function headObject(call: SignedCall): Promise<Reply> {
  const bucket = await findBucket(call.store, call.request.bucket);
  return describeReply(call, await describeObject(bucket, call.request.key));
}

function describeReply({ request, identity }: SignedCall, description: ObjectDescription) {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch, range: wanted } = request.headers;
  if (ifMatch !== undefined && !namesEtag(ifMatch, description.etag)) throw preconditionFailed();
  const headers = { ...objectHeaders(description), ...overrides(request.query) };
  const whole: ByteRange = { start: 0, end: description.size - 1 };
  if (ifNoneMatch !== undefined && namesEtag(ifNoneMatch, description.etag)) {
    return {
      status: 304,
      headers: { ETag: headers.ETag ?? '' } as Record<string, string>,
      range: whole,
    };
  }
  const range = parseRange(wanted, description.size);
  if (range === 'unsatisfiable') throw invalidRange(description.size);
  if (range)
    return {
      status: 206,
      headers: { ...headers, ...rangeHeaders(range, description.size) },
      range,
    };
  const withChecksum = identity.fields['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED';
  return {
    status: 200,
    headers: {
      ...headers,
      'Content-Length': String(description.size),
      ...(withChecksum && checksumHeaders(description.checksums, description.checksumType)),
    } as Record<string, string>,
    range: whole,
  };
}

/** `response-content-type` and its like replace the headers of the object. */
function overrides(query: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(query)
    .filter(([name]) => name.startsWith('response-'))
    .map(([name, value]) => [name.slice('response-'.length), value] as const);
  if (!entries.every(([, value]) => isHeaderValue(value))) {
    throw new S3Error(
      'InvalidArgument',
      'A response override holds characters that no header can.',
    );
  }
  return Object.fromEntries(
    entries.map(([name, value]) => [name === 'content-type' ? 'Content-Type' : name, value]),
  );
}

function rangeHeaders({ start, end }: ByteRange, size: number): Record<string, string> {
  return {
    'Content-Length': String(end - start + 1),
    'Content-Range': `bytes ${start}-${end}/${size}`,
  };
}

function invalidRange(size: number): S3Error {
  return new S3Error('InvalidRange', 'The requested range is not satisfiable.', {
    headers: { 'Content-Range': `bytes */${size}` },
  });
}
