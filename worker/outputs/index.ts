import type { DocumentRow } from '#db/schema/index.ts';
import type { OutputFormat } from '#server/documents/formats.ts';
import { writeJson } from './json.ts';
import type { OutputPage } from './pages.ts';
import { writeText } from './text.ts';

/** Yields an output piece by piece. */
export type OutputWriter = (
  document: DocumentRow,
  pages: AsyncIterable<OutputPage>,
) => AsyncIterable<string>;

export const OUTPUT_WRITERS: Record<OutputFormat, OutputWriter> = {
  txt: writeText,
  json: writeJson,
};
