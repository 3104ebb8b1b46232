import { createHash, timingSafeEqual } from 'node:crypto';
import { LOCAL_OWNER_ID } from '../context.ts';
import type { Env } from '../env.ts';
import { webOrigins } from '../origins.ts';

/** What of a request tells who sent it. */
interface RequestHead {
  method: string;
  headers: { get(name: string): string | null };
}

/**
 * The owner that a request acts for, or undefined. A key in `Authorization` decides where there is
 * one. Without, the request must come from our own pages: its host one of ours (a name that was
 * rebound to this machine is not), and its origin by Fetch Metadata or, over plain HTTP where
 * browsers leave that out, by its Origin or Referer.
 */
export function authenticate(request: RequestHead, env: Env): string | undefined {
  const authorization = request.headers.get('authorization');
  if (authorization) return ownerOfKey(authorization, env);
  const origins = webOrigins(env);
  const hosts = origins.map((origin) => new URL(origin).host);
  const ours = hosts.includes(request.headers.get('host') ?? '') && fromOurPages(request, origins);
  return ours ? LOCAL_OWNER_ID : undefined;
}

function ownerOfKey(authorization: string, env: Env): string | undefined {
  const [, key] = /^Bearer (\S+)$/i.exec(authorization) ?? [];
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const matches = key && timingSafeEqual(digest(key), digest(env.FANFOLD_LOCAL_KEY));
  return matches ? LOCAL_OWNER_ID : undefined;
}

function fromOurPages(request: RequestHead, origins: string[]): boolean {
  const safe = request.method === 'GET' || request.method === 'HEAD';
  const origin = request.headers.get('origin');
  if (origin !== null && !origins.includes(origin)) return false;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || (safe && site === 'none');
  return origins.includes(origin ?? originOf(request.headers.get('referer')) ?? '');
}

function originOf(url: string | null): string | undefined {
  return url && URL.canParse(url) ? new URL(url).origin : undefined;
}
