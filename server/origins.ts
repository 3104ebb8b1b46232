import type { Env } from './env.ts';

/** Names of this machine that its own browser may use for it. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** The origins that the web interface is served from. */
export function webOrigins(env: Env): string[] {
  const own = LOOPBACK.map((host) => `http://${host}:${env.PORT}`);
  return env.FANFOLD_URL ? [new URL(env.FANFOLD_URL).origin, ...own] : own;
}
