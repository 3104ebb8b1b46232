import type { Identity } from '../auth/identity.ts';
import type { RequestSigner } from '../auth/signer.ts';
import { S3Error } from '../errors.ts';
import { chunkVerifier, decodeChunked } from './chunked.ts';
import type { DigestName, Received } from './digests.ts';
import {
  announcedAlgorithm,
  type Checksums,
  contentMd5,
  declaredChecksums,
  expectDigest,
} from './expectations.ts';

/** A body with everything that its sender claims about it. */
export interface Payload {
  chunks: AsyncIterable<Buffer>;
  /** The digests that `verify` needs. */
  digests: DigestName[];
  /** To be called when `chunks` has ended. Gives the declared checksums, or throws. */
  verify(received: Received): Checksums;
}

const MAX_BYTES = 5 * 1024 ** 3;

/** The payload of a signed request; its body is not read yet. */
export function openPayload(
  identity: Identity,
  body: AsyncIterable<Buffer>,
  signer: RequestSigner,
): Payload {
  const { fields, payloadHash } = identity;
  if (/^[0-9a-f]{64}$/.test(payloadHash)) return plainPayload(fields, body, payloadHash);
  switch (payloadHash) {
    case 'UNSIGNED-PAYLOAD':
      return plainPayload(fields, body);
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return chunkedPayload(fields, decodeChunked(body));
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
      return chunkedPayload(fields, decodeChunked(body, chunkVerifier(identity, signer)));
    default:
      throw new S3Error(
        'NotImplemented',
        `x-amz-content-sha256 ${payloadHash} cannot be verified here.`,
      );
  }
}

function plainPayload(
  fields: Identity['fields'],
  body: AsyncIterable<Buffer>,
  sha256?: string,
): Payload {
  if (/\baws-chunked\b/.test(fields['content-encoding'] ?? '')) {
    throw new S3Error(
      'InvalidRequest',
      'An aws-chunked body needs a streaming x-amz-content-sha256.',
    );
  }
  checkLength(fields['content-length'], fields['transfer-encoding']);
  const claims = readClaims(fields);
  return {
    chunks: body,
    digests: sha256 ? [...claims.digests, 'SHA256'] : claims.digests,
    verify(received) {
      if (sha256 && received.digests.SHA256?.toString('hex') !== sha256) {
        throw new S3Error(
          'XAmzContentSHA256Mismatch',
          "The provided 'x-amz-content-sha256' header does not match what was computed.",
        );
      }
      return claims.verify(received);
    },
  };
}

function chunkedPayload(
  fields: Identity['fields'],
  decoded: ReturnType<typeof decodeChunked>,
): Payload {
  const length = checkLength(fields['x-amz-decoded-content-length'], 'chunked');
  const announced = announcedAlgorithm(fields['x-amz-trailer']);
  const claims = readClaims(fields);
  return {
    chunks: decoded.chunks,
    digests: announced ? [...claims.digests, announced] : claims.digests,
    verify(received) {
      if (received.size !== length) {
        throw new S3Error(
          'IncompleteBody',
          'The body is not as long as x-amz-decoded-content-length.',
        );
      }
      const trailing = declaredChecksums(decoded.trailers);
      if (Object.keys(trailing).some((name) => name !== announced)) {
        throw new S3Error('InvalidRequest', 'A trailer arrived that was not announced.');
      }
      if (announced && trailing[announced] === undefined) {
        throw new S3Error('InvalidRequest', 'The announced trailer did not arrive.');
      }
      if (announced) expectDigest(received, announced, trailing[announced] ?? '');
      return { ...claims.verify(received), ...(announced && trailing) };
    },
  };
}

function readClaims(fields: Identity['fields']) {
  const md5 = contentMd5(fields);
  const checksums = declaredChecksums(fields);
  const named = fields['x-amz-sdk-checksum-algorithm']?.toUpperCase();
  const arrives = Object.keys(checksums)[0] ?? announcedAlgorithm(fields['x-amz-trailer']);
  if (named !== undefined && named !== arrives) {
    throw new S3Error(
      'InvalidRequest',
      'x-amz-sdk-checksum-algorithm names a checksum that was not sent.',
    );
  }
  const algorithms = Object.keys(checksums) as (keyof Checksums)[];
  return {
    digests: ['MD5', ...algorithms] as DigestName[],
    verify(received: Received): Checksums {
      if (md5 !== undefined) expectDigest(received, 'MD5', md5);
      for (const algorithm of algorithms)
        expectDigest(received, algorithm, checksums[algorithm] ?? '');
      return checksums;
    },
  };
}

function checkLength(text: string | undefined, transferEncoding: string | undefined): number {
  if (text === undefined && transferEncoding !== undefined) {
    throw new S3Error('MissingContentLength', 'You must provide the length of the body.');
  }
  const length = Number(text ?? 0);
  if (!Number.isSafeInteger(length) || length < 0) {
    throw new S3Error('InvalidArgument', 'The length of the body is malformed.');
  }
  if (length <= MAX_BYTES) return length;
  throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size.');
}
