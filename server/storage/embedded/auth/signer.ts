import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { getCanonicalHeaders, SignatureV4 } from '@smithy/signature-v4';
import { S3Error } from '../errors.ts';
import type { S3Request } from '../http/request.ts';
import type { CredentialScope } from './scope.ts';

export interface SignerOptions {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
}

/** AWS's own signer, opened so that it signs exactly the headers and the path that a client signed. */
export class RequestSigner extends SignatureV4 {
  readonly accessKeyId: string;
  readonly region: string;

  constructor({ accessKeyId, secretAccessKey, region }: SignerOptions) {
    super({
      credentials: { accessKeyId, secretAccessKey },
      region,
      service: 's3',
      sha256: NodeSha256,
      uriEscapePath: false,
      applyChecksum: false,
    });
    this.accessKeyId = accessKeyId;
    this.region = region;
  }

  /** Throws `SignatureDoesNotMatch`. */
  async verifyRequest(
    request: S3Request,
    claim: {
      scope: CredentialScope;
      signedHeaders: string[];
      payloadHash: string;
      signature: string;
    },
  ): Promise<void> {
    const headers = Object.fromEntries(
      claim.signedHeaders.map((name) => [name, request.headers[name] ?? '']),
    );
    const canonicalRequest = this.createCanonicalRequest(
      {
        protocol: 'http:',
        hostname: '',
        method: request.method,
        path: request.canonicalPath,
        query: { ...request.query },
        headers,
      },
      getCanonicalHeaders(
        { headers } as Parameters<typeof getCanonicalHeaders>[0],
        undefined,
        new Set(claim.signedHeaders),
      ),
      claim.payloadHash,
    );
    const { longDate, name } = claim.scope;
    const text = await this.createStringToSign(
      longDate,
      name,
      canonicalRequest,
      'AWS4-HMAC-SHA256',
    );
    await this.verifyText(text, claim.scope, claim.signature);
  }

  /** Verifies the signature of a string to sign, such as a policy or a chunk. */
  async verifyText(text: string, scope: CredentialScope, signature: string): Promise<void> {
    const expected = await this.sign(text, { signingDate: scope.date });
    if (!equalInConstantTime(expected, signature)) {
      throw new S3Error(
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided.',
      );
    }
  }
}

function equalInConstantTime(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** SHA-256, or its HMAC where a secret is given, in the shape that the signer asks for. */
class NodeSha256 {
  #hash: { update(data: Uint8Array): unknown; digest(): Buffer };

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error('A digest is made once.');
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
