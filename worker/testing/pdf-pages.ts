import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { LIMITS, PAGE_OPTIONS } from '#fixtures/page-pool.ts';
import type { PreparedPage } from '../page/prepared.ts';
import { closeDocument } from '../pdf/document.ts';
import { preparePdfPage } from '../pdf/page.ts';

/** For the tests of a file: looks at the first page of a PDF in this process, as a page process does before it reads. */
export function pdfPages(): (file: Uint8Array) => Promise<PreparedPage> {
  let folder: string;
  let files = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fanfold-pdf-'));
  });
  afterAll(async () => {
    await closeDocument();
    await rm(folder, { recursive: true, force: true });
  });
  return async (file) => {
    const path = join(folder, `${++files}.pdf`);
    await writeFile(path, file);
    return preparePdfPage({
      kind: 'recognize',
      source: { path, type: 'application/pdf' },
      limits: LIMITS,
      page: 1,
      languages: ['eng'],
      options: PAGE_OPTIONS,
    });
  };
}
