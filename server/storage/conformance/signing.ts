import { createHash } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { clientFor, type Server } from './target.ts';

export interface SignedRequest {
  url: string;
  method: string;
  path: string;
  headers: Record<string, string>;
}

/** Signs a request by its header, so that a check can then tamper with it. */
export async function signRequest(
  server: Server,
  request: {
    method: string;
    path: string;
    query?: Record<string, string>;
    headers?: Record<string, string>;
  },
  options: { date?: Date; payloadHash?: string } = {},
): Promise<SignedRequest> {
  const { hostname, port, host } = new URL(server.url);
  const { accessKeyId, secretAccessKey, region } = server;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region,
    service: 's3',
    sha256: clientFor(server).config.sha256,
    uriEscapePath: false,
  });
  const query = request.query ?? {};
  const headers = {
    host,
    'x-amz-content-sha256': options.payloadHash ?? sha256Hex(''),
    ...request.headers,
  };
  const signed = await signer.sign(
    { ...request, protocol: 'http:', hostname, port: Number(port), query, headers },
    { ...(options.date && { signingDate: options.date }) },
  );
  const search = new URLSearchParams(query).toString();
  const path = search ? `${request.path}?${search}` : request.path;
  return { url: server.url, method: request.method, path, headers: signed.headers };
}

export function sha256Hex(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}
