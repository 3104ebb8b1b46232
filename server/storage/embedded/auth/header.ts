import { S3Error } from '../errors.ts';
import type { S3Request } from '../http/request.ts';
import { type Identity, parseSignedHeaders, refuseToken } from './identity.ts';
import { MAX_SKEW_MS, parseScope } from './scope.ts';
import type { RequestSigner } from './signer.ts';

const FORM =
  /^AWS4-HMAC-SHA256 +Credential=([^,\s]+) *, *SignedHeaders=([^,\s]+) *, *Signature=([0-9a-f]{64})$/;

/** Verifies the `Authorization` header of a request. */
export async function verifyHeader(request: S3Request, signer: RequestSigner): Promise<Identity> {
  const [, credential, list, signature] = FORM.exec(request.headers.authorization ?? '') ?? [];
  if (!credential || !list || !signature) {
    throw new S3Error('AuthorizationHeaderMalformed', 'The authorization header is malformed.');
  }
  refuseToken(request);
  const longDate = request.headers['x-amz-date'];
  if (!longDate) throw new S3Error('AccessDenied', 'A valid x-amz-date header is required.');
  const scope = parseScope(credential, longDate, signer, 'AuthorizationHeaderMalformed');
  if (Math.abs(Date.now() - scope.date.getTime()) > MAX_SKEW_MS) {
    throw new S3Error(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    );
  }
  const payloadHash = request.headers['x-amz-content-sha256'];
  if (!payloadHash) {
    throw new S3Error('InvalidRequest', 'Missing required header: x-amz-content-sha256.');
  }
  const signedHeaders = parseSignedHeaders(list, request);
  await signer.verifyRequest(request, { scope, signedHeaders, payloadHash, signature });
  return { payloadHash, scope, signature, fields: request.headers };
}
