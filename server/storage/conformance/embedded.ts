import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore } from '../embedded/index.ts';
import type { Server } from './target.ts';

/** Starts the embedded store over a temp folder. */
export async function startEmbedded(): Promise<Server & { dataDir: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'embedded-store-'));
  const credentials = { accessKeyId: 'AKIDAPP', secretAccessKey: 'a-secret-of-the-suite' };
  const region = 'us-east-1';
  const store = await startEmbeddedStore({
    dataDir,
    host: '127.0.0.1',
    port: 0,
    region,
    ...credentials,
  });
  const stop = async () => {
    await store.close();
    await rm(dataDir, { recursive: true });
  };
  return { url: store.url, region, ...credentials, dataDir, stop };
}
