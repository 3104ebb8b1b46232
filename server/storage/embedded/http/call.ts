import type { Readable } from 'node:stream';
import type { Identity } from '../auth/identity.ts';
import type { RequestSigner } from '../auth/signer.ts';
import { Meter } from '../body/digests.ts';
import { openPayload } from '../body/payload.ts';
import { collect } from '../body/read-body.ts';
import type { Store } from '../disk/buckets.ts';
import type { S3Request } from './request.ts';

/** A request on its way to an operation. */
export interface Call {
  request: S3Request;
  store: Store;
  signer: RequestSigner;
  /** The raw bytes of the request; unread until iterated. */
  body: AsyncIterable<Buffer>;
}

/** A call whose signature has been verified. */
export interface SignedCall extends Call {
  identity: Identity;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string | Readable;
}

/** The verified body of a call that carries XML, of at most `limit` bytes. */
export async function readSmallBody(call: SignedCall, limit: number): Promise<string> {
  const payload = openPayload(call.identity, call.body, call.signer);
  const bytes = await collect(payload.chunks, limit);
  const meter = new Meter(payload.digests);
  meter.update(bytes);
  payload.verify(meter.finish());
  return bytes.toString('utf8');
}

export function xmlReply(body: string, headers: Record<string, string> = {}): Reply {
  return { status: 200, headers: { 'Content-Type': 'application/xml', ...headers }, body };
}
