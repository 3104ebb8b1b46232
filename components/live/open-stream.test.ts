import { expect, test } from 'vitest';
import type { LiveUpdate } from '#server/live/watch.ts';
import type { ApiClient } from '../data/api-client.ts';
import type { EventSpan } from './known-events.ts';
import { openStream } from './open-stream.ts';

const ID = '0199d1f0-0000-7000-8000-000000000001';

test('of several portions only the last goes on to their event', () => {
  let send: (event: { id: string; data: LiveUpdate }) => void = () => undefined;
  const watch = {
    subscribe: (_input: unknown, { onData }: { onData: typeof send }) => {
      send = onData;
      return { unsubscribe: () => undefined };
    },
  };
  const spans: (EventSpan | undefined)[] = [];
  openStream({ live: { watch } } as unknown as ApiClient)(new Map([[ID, 5]]), {
    onUpdate: (_update, span) => spans.push(span),
    onDown: () => undefined,
  });
  const data = { kind: 'document', document: { id: ID }, pages: [] } as unknown as LiveUpdate;
  for (const seq of [5, 5, 9, 10]) send({ id: `${ID}:${seq}`, data });
  send({ id: `${ID}:10`, data: { kind: 'progress', documentId: ID, pages: [] } });
  expect(spans).toEqual([
    { after: 5, upTo: 5 },
    { after: 5, upTo: 5 },
    { after: 5, upTo: 9 },
    { after: 9, upTo: 10 },
    undefined,
  ]);
});
