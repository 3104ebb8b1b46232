import { MAX_PRESIGNED_TTL, UNSIGNED_PAYLOAD } from '@smithy/signature-v4';
import { S3Error } from '../errors.ts';
import type { S3Request } from '../http/request.ts';
import { type Identity, parseSignedHeaders, refuseToken } from './identity.ts';
import { type CredentialScope, MAX_SKEW_MS, parseScope } from './scope.ts';
import type { RequestSigner } from './signer.ts';

const MALFORMED = 'AuthorizationQueryParametersError';

/** Verifies a presigned URL. */
export async function verifyQuery(request: S3Request, signer: RequestSigner): Promise<Identity> {
  const { query } = request;
  const signature = query['X-Amz-Signature'] ?? '';
  const list = query['X-Amz-SignedHeaders'] ?? '';
  if (
    query['X-Amz-Algorithm'] !== 'AWS4-HMAC-SHA256' ||
    !list ||
    !/^[0-9a-f]{64}$/.test(signature)
  ) {
    throw new S3Error(MALFORMED, 'The signature of the query is incomplete or malformed.');
  }
  refuseToken(request);
  const scope = parseScope(
    query['X-Amz-Credential'] ?? '',
    query['X-Amz-Date'] ?? '',
    signer,
    MALFORMED,
  );
  checkLifetime(scope, query['X-Amz-Expires'] ?? '');
  const fields = mergeFields(request);
  const payloadHash = fields['x-amz-content-sha256'] ?? UNSIGNED_PAYLOAD;
  const signedHeaders = parseSignedHeaders(list, request);
  await signer.verifyRequest(request, { scope, signedHeaders, payloadHash, signature });
  return { payloadHash, scope, signature, fields };
}

function checkLifetime(scope: CredentialScope, expires: string): void {
  const seconds = /^\d{1,7}$/.test(expires) ? Number(expires) : Number.NaN;
  if (!(seconds <= MAX_PRESIGNED_TTL)) {
    throw new S3Error(MALFORMED, 'X-Amz-Expires must be a number of seconds, at most a week.');
  }
  const age = Date.now() - scope.date.getTime();
  if (age < -MAX_SKEW_MS) throw new S3Error('AccessDenied', 'Request is not valid yet.');
  if (age > seconds * 1000) throw new S3Error('AccessDenied', 'Request has expired.');
}

/** Presigners move `x-amz-*` headers to the query, where they bind just the same. */
function mergeFields(request: S3Request): Record<string, string> {
  const fields: Record<string, string> = { ...request.headers };
  for (const [name, value] of Object.entries(request.query)) {
    const field = name.toLowerCase();
    if (!field.startsWith('x-amz-')) continue;
    if (fields[field] !== undefined && fields[field] !== value) {
      throw new S3Error('InvalidArgument', `${field} differs between the query and the headers.`);
    }
    fields[field] = value;
  }
  return fields;
}
