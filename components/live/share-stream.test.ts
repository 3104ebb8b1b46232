import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { LiveUpdate } from '#server/live/watch.ts';
import type { OpenStream, StreamHandlers } from './leader.ts';
import { type LiveTab, shareStream } from './share-stream.ts';

interface FakeStream extends StreamHandlers {
  documents: Map<string, number>;
  closed: boolean;
}

let streams: FakeStream[] = [];
let tabs: LiveTab[] = [];

const openStreams = () => streams.filter(({ closed }) => !closed);
const open: OpenStream = (documents, handlers) => {
  const stream = { ...handlers, documents, closed: false };
  streams.push(stream);
  return () => {
    stream.closed = true;
  };
};

function openTab(documentId?: string, seq = 0) {
  const updates: LiveUpdate[] = [];
  const live: boolean[] = [];
  const tab = shareStream({
    open,
    knownUpTo: () => seq,
    onUpdate: (update) => updates.push(update),
    onLive: (next) => live.push(next),
  });
  tab.show({ documentId, visible: true });
  tabs.push(tab);
  return { tab, updates, live };
}

/** Lets the tabs talk, then the stream that they agreed on come up. */
async function settle(): Promise<void> {
  await sleep(120);
  for (const stream of openStreams()) stream.onUpdate({ kind: 'connected' });
  await sleep(30);
}

const progress = (documentId: string): LiveUpdate => ({ kind: 'progress', documentId, pages: [] });

afterEach(async () => {
  for (const tab of tabs) tab.leave();
  await sleep(20);
  expect(openStreams()).toEqual([]);
  [streams, tabs] = [[], []];
});

test('tabs share one stream of all that they show, and each is told of everything', async () => {
  const [list, first, second] = [openTab(), openTab('a', 7), openTab('b', 3)];
  await settle();
  expect(openStreams().map(({ documents }) => Object.fromEntries(documents))).toEqual([
    { a: 7, b: 3 },
  ]);
  openStreams()[0]?.onUpdate(progress('a'));
  await sleep(30);
  for (const { live, updates } of [list, first, second]) {
    expect(live).toEqual([true]);
    expect(updates).toEqual([progress('a')]);
  }
});

test('when the tab with the stream closes another opens one, from what the tabs know', async () => {
  const leader = openTab('a', 9);
  await settle();
  const follower = openTab('b', 4);
  await settle();
  leader.tab.leave();
  await settle();
  expect(openStreams().map(({ documents }) => Object.fromEntries(documents))).toEqual([{ b: 4 }]);
  expect(follower.live.at(-1)).toBe(true);
  expect(follower.live.filter((live) => live).length).toBe(2);
  openStreams()[0]?.onUpdate(progress('b'));
  expect(follower.updates).toEqual([progress('b')]);
});

test('a stream of other documents takes over only once it is up', async () => {
  const { tab, live } = openTab('a');
  await settle();
  tab.show({ documentId: 'b', visible: true });
  await sleep(120);
  expect(openStreams().map(({ documents }) => [...documents.keys()])).toEqual([['a'], ['b']]);
  expect(live).toEqual([true, false]);
  await settle();
  expect(openStreams().map(({ documents }) => [...documents.keys()])).toEqual([['b']]);
  expect(live).toEqual([true, false, true]);
});

test('a tab that joins a stream which watches its document already is live at once', async () => {
  openTab('a');
  await settle();
  const late = openTab('a');
  await sleep(120);
  expect(late.live).toEqual([true]);
  expect(streams).toHaveLength(1);
});

test('a tab that turns to a document which is watched already reads what it missed of it', async () => {
  openTab('a');
  const list = openTab();
  await settle();
  list.tab.show({ documentId: 'a', visible: true });
  await sleep(120);
  expect(list.live).toEqual([true, true]);
  expect(streams).toHaveLength(1);
});

test('there is no stream while nobody looks, and one again when somebody does', async () => {
  const { tab, live } = openTab('a');
  await settle();
  tab.show({ documentId: 'a', visible: false });
  await sleep(120);
  expect(openStreams()).toEqual([]);
  tab.show({ documentId: 'a', visible: true });
  await settle();
  expect(live).toEqual([true, false, true]);
});

test('a stream that breaks is told to all, and so is its return', async () => {
  const [leader, follower] = [openTab('a'), openTab('b')];
  await settle();
  openStreams()[0]?.onDown(false);
  await sleep(30);
  expect([leader.live.at(-1), follower.live.at(-1)]).toEqual([false, false]);
  await settle();
  expect([leader.live.at(-1), follower.live.at(-1)]).toEqual([true, true]);
  expect(streams).toHaveLength(1);
});

test('any tab can have the stream opened anew', async () => {
  openTab('a');
  const follower = openTab('b');
  await settle();
  const [before] = openStreams();
  follower.tab.retry();
  await settle();
  expect(before?.closed).toBe(true);
  expect(openStreams()).toHaveLength(1);
});
