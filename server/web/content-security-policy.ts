import { getEnv } from '../env.ts';

/** Scripts only from us, by nonce; pictures, layouts and uploads also from and to the object store. */
export function contentSecurityPolicy(nonce: string): string {
  const env = getEnv();
  const store = env.S3_PUBLIC_ENDPOINT ?? env.S3_ENDPOINT;
  const storage = store ? new URL(store).origin : 'https:';
  const development = env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' blob: data: ${storage}`,
    `connect-src 'self' ${storage}${development ? ' ws:' : ''}`,
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
