import { createHash } from 'node:crypto';
import type { Identity } from '../auth/identity.ts';
import type { RequestSigner } from '../auth/signer.ts';
import { S3Error } from '../errors.ts';
import { ByteReader } from './byte-reader.ts';

const LINE_LIMIT = 1024;
const MAX_TRAILERS = 8;
const EMPTY_SHA256 = createHash('sha256').digest('hex');

/** Verifies the signature of each chunk, given the SHA-256 of its bytes. */
type ChunkVerifier = (signature: string, sha256: string) => Promise<void>;

export interface ChunkedBody {
  chunks: AsyncIterable<Buffer>;
  /** Filled when `chunks` has ended; lower-case names. */
  trailers: Record<string, string>;
}

/** Takes the `aws-chunked` framing off a body; with `verify`, each chunk must carry a right signature. */
export function decodeChunked(source: AsyncIterable<Buffer>, verify?: ChunkVerifier): ChunkedBody {
  const trailers: Record<string, string> = Object.create(null);
  return { chunks: decode(new ByteReader(source), trailers, verify), trailers };
}

/** Each signature covers the one before it, from the seed in the request's own. */
export function chunkVerifier(
  { scope, signature }: Identity,
  signer: RequestSigner,
): ChunkVerifier {
  let previous = signature;
  return async (claimed, sha256) => {
    const text = [
      'AWS4-HMAC-SHA256-PAYLOAD',
      scope.longDate,
      scope.name,
      previous,
      EMPTY_SHA256,
      sha256,
    ];
    await signer.verifyText(text.join('\n'), scope, claimed);
    previous = claimed;
  };
}

async function* decode(
  reader: ByteReader,
  trailers: Record<string, string>,
  verify?: ChunkVerifier,
): AsyncGenerator<Buffer> {
  for (;;) {
    const { size, signature } = parseChunkHeader(await reader.line(LINE_LIMIT));
    const hash = verify && createHash('sha256');
    for await (const piece of reader.bytes(size)) {
      hash?.update(piece);
      yield piece;
    }
    if (verify && hash) await verify(signature, hash.digest('hex'));
    if (size === 0) break;
    if ((await reader.line(LINE_LIMIT)) !== '') malformed();
  }
  await readTrailers(reader, trailers);
  await reader.end();
}

function parseChunkHeader(line: string): { size: number; signature: string } {
  const match = /^([0-9a-f]{1,10})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(line);
  if (!match?.[1]) return malformed();
  return { size: Number.parseInt(match[1], 16), signature: match[2] ?? '' };
}

async function readTrailers(reader: ByteReader, trailers: Record<string, string>): Promise<void> {
  for (let count = 0; count <= MAX_TRAILERS; count += 1) {
    const line = await reader.line(LINE_LIMIT);
    if (line === '') return;
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon < 1 || name in trailers) malformed();
    trailers[name] = line.slice(colon + 1).trim();
  }
  malformed();
}

function malformed(): never {
  throw new S3Error('InvalidRequest', 'The aws-chunked framing of the body is malformed.');
}
