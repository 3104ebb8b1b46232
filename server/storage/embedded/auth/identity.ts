import { S3Error } from '../errors.ts';
import type { S3Request } from '../http/request.ts';
import { verifyHeader } from './header.ts';
import { verifyQuery } from './query.ts';
import type { CredentialScope } from './scope.ts';
import type { RequestSigner } from './signer.ts';

/** What a verified signature vouches for. */
export interface Identity {
  /** The value of x-amz-content-sha256 that was signed: a hash, or how the body is framed. */
  payloadHash: string;
  scope: CredentialScope;
  /** The seed of the signatures of chunks. */
  signature: string;
  /** `x-amz-*` values by lower-case name, from the headers and, when presigned, from the query. */
  fields: Readonly<Record<string, string>>;
}

/** Throws `AccessDenied` where the request carries no signature, and why where it carries a wrong one. */
export async function authenticate(request: S3Request, signer: RequestSigner): Promise<Identity> {
  const inHeader = request.headers.authorization !== undefined;
  const inQuery = Object.keys(request.query).some((name) =>
    /^x-amz-(algorithm|signature|credential)$/i.test(name),
  );
  if (inHeader && inQuery) {
    throw new S3Error('InvalidArgument', 'Only one auth mechanism is allowed.');
  }
  if (inHeader) return verifyHeader(request, signer);
  if (inQuery) return verifyQuery(request, signer);
  throw new S3Error('AccessDenied', 'Access Denied.');
}

/** The signed header names, once each. Throws where one that must be signed is not. */
export function parseSignedHeaders(list: string, request: S3Request): string[] {
  const names = [...new Set(list.toLowerCase().split(';').filter(Boolean))];
  const required = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'));
  const unsigned = ['host', ...required].filter((name) => !names.includes(name));
  if (unsigned.length === 0) return names;
  throw new S3Error(
    'AccessDenied',
    `There were headers present in the request which were not signed: ${unsigned.join(', ')}.`,
  );
}

export function refuseToken(request: S3Request): void {
  const names = [...Object.keys(request.headers), ...Object.keys(request.query)];
  if (names.some((name) => name.toLowerCase() === 'x-amz-security-token')) {
    throw new S3Error('InvalidToken', 'The provided token is malformed or otherwise invalid.');
  }
}
