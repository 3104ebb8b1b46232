import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sourceKey } from '#server/storage/keys.ts';
import { createFanfoldClient, type FanfoldClient, fanfoldErrorOf } from './index.ts';
import { startReader, type Verdict } from './testing/reader.ts';
import { startTestServer, type TestServer } from './testing/server.ts';
import { type UploadProgress, uploadDocument } from './upload.ts';
import { sendFile } from './upload-file.ts';
import { type WatchUpdate, watchDocument } from './watch.ts';

const MIB = 1024 ** 2;
const PART = 16 * MIB;

let server: TestServer;
let client: FanfoldClient;

beforeAll(async () => {
  server = await startTestServer();
  client = createFanfoldClient(server);
});

afterAll(() => server.close());

const pdf = (size: number) => {
  const bytes = randomBytes(size);
  bytes.write('%PDF-1.4\n');
  return bytes;
};

const fileOf = (bytes: Buffer, name = 'scan.pdf') =>
  new File([new Uint8Array(bytes)], name, { type: 'application/pdf' });

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Reads the documents of one name. */
const only = (name: string, verdict: Verdict) =>
  startReader(server.ctx, ({ fileName }) => (fileName === name ? verdict : 'wait'));

async function stored(documentId: string): Promise<Buffer> {
  return buffer(await server.ctx.storage.read(sourceKey(documentId)));
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => fanfoldErrorOf(error)?.code ?? String(error),
  );
}

describe('uploadDocument', () => {
  test('brings a small file up whole and tells how far it is', async () => {
    const bytes = pdf(3 * MIB);
    const told: UploadProgress[] = [];
    const document = await uploadDocument(client, fileOf(bytes), {
      options: { languages: ['spa'] },
      onProgress: (progress) => told.push(progress),
    });
    expect(document).toMatchObject({ status: 'queued', options: { languages: ['spa'] } });
    expect(sha256(await stored(document.id))).toBe(sha256(bytes));
    expect([...new Set(told.map(({ phase }) => phase))]).toEqual([
      'hashing',
      'uploading',
      'finishing',
    ]);
    const uploaded = told.filter(({ phase }) => phase === 'uploading').map((state) => state.bytes);
    expect(uploaded).toEqual(uploaded.toSorted((a, b) => a - b));
    expect(uploaded.at(-1)).toBe(bytes.length);
  });

  test('brings a large file up in parts', async () => {
    const bytes = pdf(2 * PART + 5);
    const document = await uploadDocument(client, fileOf(bytes));
    expect(document.status).toBe('queued');
    expect(sha256(await stored(document.id))).toBe(sha256(bytes));
  });

  test.each([
    ['a form', 4 * MIB],
    ['parts', 2 * PART],
  ])('goes on after the connection of %s was lost', async (_kind, size) => {
    const bytes = pdf(size);
    server.store.cut({ afterBytes: MIB, times: 3 });
    const document = await uploadDocument(client, fileOf(bytes), { firstWait: 20 });
    expect(document.status).toBe('queued');
    expect(sha256(await stored(document.id))).toBe(sha256(bytes));
  });

  test('goes on after the server was away', async () => {
    await server.stop();
    const upload = uploadDocument(client, fileOf(pdf(1000)), { firstWait: 100 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await server.start();
    expect((await upload).status).toBe('queued');
  });

  test('asks for a new form when the store refuses the one it has', async () => {
    const bytes = pdf(5000);
    const source = fileOf(bytes);
    const { document, upload } = await client.documents.create.mutate({
      fileName: source.name,
      contentType: source.type,
      size: source.size,
      sha256: sha256(bytes),
    });
    if (upload?.kind !== 'post') throw new Error('expected a form');
    const fields = { ...upload.fields, 'X-Amz-Signature': '0'.repeat(64) };
    await sendFile({
      client,
      source,
      documentId: document.id,
      plan: { ...upload, fields },
      retry: { signal: new AbortController().signal, firstWait: 10 },
      tell: () => {},
    });
    expect(sha256(await stored(document.id))).toBe(sha256(bytes));
  });

  test('stops when it is told to, and a later one sends only what was missing', async () => {
    const bytes = pdf(4 * PART);
    const stopping = new AbortController();
    const reason = new Error('enough');
    let documentId = '';
    const first = uploadDocument(client, fileOf(bytes), {
      signal: stopping.signal,
      onDocument: ({ id }) => {
        documentId = id;
      },
      onProgress: ({ phase, bytes: sent }) => {
        if (phase === 'uploading' && sent > 3 * PART) stopping.abort(reason);
      },
    });
    await expect(first).rejects.toBe(reason);
    expect(await client.documents.get.query({ documentId })).toMatchObject({
      status: 'awaiting_upload',
    });
    server.store.takeCount();
    const told: number[] = [];
    const document = await uploadDocument(client, fileOf(bytes), {
      resume: { documentId },
      onProgress: ({ phase, bytes: sent }) => phase === 'uploading' && told.push(sent),
    });
    expect(document).toMatchObject({ id: documentId, status: 'queued' });
    expect(sha256(await stored(documentId))).toBe(sha256(bytes));
    expect(told[0]).toBeGreaterThanOrEqual(PART);
    expect(server.store.takeCount()).toBeLessThan(3.5 * PART);
  });

  test('does not go on with another file', async () => {
    const source = fileOf(pdf(1000));
    const { document } = await client.documents.create.mutate({
      fileName: source.name,
      contentType: source.type,
      size: source.size,
      sha256: '0'.repeat(64),
    });
    server.store.takeCount();
    const resumed = uploadDocument(client, source, { resume: { documentId: document.id } });
    expect(await codeOf(resumed)).toBe('UPLOAD_MISMATCH');
    expect(server.store.takeCount()).toBe(0);
  });

  test('answers with the document when the upload to go on with had arrived', async () => {
    const source = fileOf(pdf(1000));
    const { id } = await uploadDocument(client, source);
    const again = await uploadDocument(client, source, { resume: { documentId: id } });
    expect(again).toMatchObject({ id, status: 'queued' });
  });

  test('rejects at once with the code of what cannot succeed', async () => {
    expect(await codeOf(uploadDocument(client, fileOf(Buffer.alloc(0))))).toBe('EMPTY_FILE');
    const options = { languages: ['xyz'] };
    expect(await codeOf(uploadDocument(client, fileOf(pdf(100)), { options }))).toBe(
      'LANGUAGE_MISSING',
    );
  });

  test('answers with a failed document when the file is of no known type', async () => {
    const document = await uploadDocument(client, fileOf(Buffer.from('hello'), 'a.txt'));
    expect(document).toMatchObject({ status: 'failed', error: { code: 'UNSUPPORTED_TYPE' } });
  });
});

test('a wrong key is UNAUTHORIZED with a sentence', async () => {
  const stranger = createFanfoldClient({ url: server.url, apiKey: 'wrong' });
  const error = await stranger.system.info.query().catch((thrown: unknown) => thrown);
  expect(fanfoldErrorOf(error)).toEqual({
    code: 'UNAUTHORIZED',
    sentence: expect.stringMatching(/./),
  });
});

describe('watchDocument', () => {
  test('tells what happens and resolves at the end', async () => {
    const { id } = await uploadDocument(client, fileOf(pdf(1000), 'three.pdf'));
    const updates: WatchUpdate[] = [];
    const watching = watchDocument(client, id, { onUpdate: (update) => updates.push(update) });
    const stop = only('three.pdf', { pages: 3, failing: [2] });
    try {
      const document = await watching;
      expect(document).toMatchObject({ status: 'partial', pagesCompleted: 2, pagesFailed: 1 });
      expect(document.outputs.map(({ format }) => format).sort()).toEqual(['json', 'txt']);
    } finally {
      await stop();
    }
    expect(updates).toContainEqual({ kind: 'connection', live: true });
    const seqs = updates.flatMap((update) =>
      update.kind === 'document' ? [update.document.seq] : [],
    );
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  });

  test('goes on when the server was restarted', async () => {
    const { id } = await uploadDocument(client, fileOf(pdf(1000), 'restart.pdf'));
    const live = Promise.withResolvers<void>();
    const watching = watchDocument(client, id, {
      onUpdate: (update) => update.kind === 'connection' && update.live && live.resolve(),
    });
    await live.promise;
    await server.stop();
    const stop = only('restart.pdf', { pages: 1 });
    await server.start();
    expect((await watching).status).toBe('completed');
    await stop();
  });

  test('asks for the state where no stream comes through', async () => {
    const quiet: typeof fetch = (input, init) =>
      String(input).includes('live.watch') ? new Promise(() => {}) : fetch(input, init);
    const streamless = createFanfoldClient({ ...server, fetch: quiet });
    const { id } = await uploadDocument(client, fileOf(pdf(1000), 'ask.pdf'));
    const watching = watchDocument(streamless, id, { patience: 100 });
    const stop = only('ask.pdf', { pages: 1 });
    expect((await watching).status).toBe('completed');
    await stop();
  });

  test('rejects for a document that is not there, or when it is told to stop', async () => {
    const absent = '00000000-0000-4000-8000-000000000000';
    expect(await codeOf(watchDocument(client, absent))).toBe('NOT_FOUND');
    const { id } = await uploadDocument(client, fileOf(pdf(1000), 'stop.pdf'));
    const reason = new Error('enough');
    const stopping = new AbortController();
    const watching = watchDocument(client, id, { signal: stopping.signal });
    stopping.abort(reason);
    await expect(watching).rejects.toBe(reason);
    await client.documents.remove.mutate({ documentId: id });
  });

  test('rejects with UNAUTHORIZED for a wrong key', async () => {
    const stranger = createFanfoldClient({ url: server.url, apiKey: 'wrong' });
    const { id } = await uploadDocument(client, fileOf(pdf(1000), 'key.pdf'));
    expect(await codeOf(watchDocument(stranger, id))).toBe('UNAUTHORIZED');
  });
});
