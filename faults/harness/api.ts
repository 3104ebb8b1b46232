import { setTimeout as sleep } from 'node:timers/promises';
import { createFanfoldClient } from '#client/index.ts';
import type { Env } from '#server/env.ts';
import type { Web } from './installation.ts';

export const clientOf = (web: Web, env: Env) =>
  createFanfoldClient({ url: web.url, apiKey: env.FANFOLD_LOCAL_KEY });

/** Answers of the API while something happened. */
export interface Answers {
  /** How many there were of each status; 0 where there was none at all. */
  statuses: Map<number, number>;
  /** Answers 503 that did not say when to come again. */
  withoutRetryAfter: number;
  /** Of the slowest answer. */
  seconds: number;
}

/** Asks for the list of documents and the health, again and again, until it is stopped. */
export function keepAsking(web: Web, env: Env): () => Promise<Answers> {
  const stopping = new AbortController();
  const answers: Answers = { statuses: new Map(), withoutRetryAfter: 0, seconds: 0 };
  const asking = ['/api/trpc/documents.list?input=%7B%7D', '/api/health'].map(async (path) => {
    while (!stopping.signal.aborted) {
      await askOnce(`${web.url}${path}`, env, answers);
      await sleep(100);
    }
  });
  return async () => {
    stopping.abort();
    await Promise.all(asking);
    return answers;
  };
}

async function askOnce(url: string, env: Env, answers: Answers): Promise<void> {
  const startedAt = performance.now();
  const headers = { Authorization: `Bearer ${env.FANFOLD_LOCAL_KEY}` };
  const response = await fetch(url, { headers }).catch(() => undefined);
  await response?.arrayBuffer().catch(() => undefined);
  const status = response?.status ?? 0;
  answers.statuses.set(status, (answers.statuses.get(status) ?? 0) + 1);
  if (status === 503 && !response?.headers.get('retry-after')) answers.withoutRetryAfter += 1;
  answers.seconds = Math.max(answers.seconds, (performance.now() - startedAt) / 1000);
}
