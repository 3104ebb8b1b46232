import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { startEmbeddedStore } from '#server/storage/embedded/index.ts';

export interface TestStore {
  url: string;
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  /** Ends the store and removes its objects. */
  close(): Promise<void>;
}

/** The embedded object store, in this process, on a temporary folder and a free port. */
export async function startTestStore(): Promise<TestStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fanfold-store-'));
  const port = await getPort({ host: '127.0.0.1' });
  const access = { accessKeyId: 'test', secretAccessKey: 'test-secret', region: 'us-east-1' };
  const store = await startEmbeddedStore({ dataDir, host: '127.0.0.1', port, ...access });
  return {
    ...access,
    url: store.url,
    close: async () => {
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
