import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeTemporaryFolder } from '../temporary.ts';
import type { OutputWriter } from './index.ts';
import type { OutputPage } from './pages.ts';

/** The document's own pages with the words that were read as an invisible layer of text. */
export const writePdf: OutputWriter = async function* (_document, pages, source) {
  const folder = await makeTemporaryFolder('pdf');
  try {
    const paths = { pages: join(folder, 'pages.ndjson'), output: join(folder, 'output.pdf') };
    await pipeline(Readable.from(toLines(pages)), createWriteStream(paths.pages));
    const { warnings } = await source.graft(paths);
    for (const warning of warnings) source.warn(warning);
    yield* createReadStream(paths.output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

async function* toLines(pages: AsyncIterable<OutputPage>): AsyncGenerator<string> {
  for await (const page of pages) yield `${JSON.stringify(page)}\n`;
}
