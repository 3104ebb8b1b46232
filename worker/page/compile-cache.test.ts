import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { drawPage } from '#fixtures/images.ts';
import { createTestPool, LIMITS } from '#fixtures/page-pool.ts';

const folder = await mkdtemp(join(tmpdir(), 'fanfold-compiled-'));
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

test('leaves what a page process has compiled to the next one, also when it is killed', async () => {
  enableCompileCache(folder);
  const pages = await createTestPool();
  try {
    const source = await pages.file('page.png', drawPage('Words').png(), 'image/png');
    const { signal } = new AbortController();
    await pages.pool.run({ kind: 'inspect', source, limits: LIMITS }, { signal });
    const compiled = async () =>
      (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) =>
        one.isFile(),
      );
    await vi.waitFor(async () => expect((await compiled()).length).toBeGreaterThan(50), 10_000);
  } finally {
    await pages.close();
  }
});
