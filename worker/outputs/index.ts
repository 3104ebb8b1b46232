import type { DocumentRow } from '#db/schema/index.ts';
import type { OutputFormat } from '#server/documents/formats.ts';
import type { TextOptions } from '#server/outputs/variants.ts';
import type { GraftResult } from '../page/protocol.ts';
import { writeAlto } from './alto.ts';
import { writeHocr } from './hocr.ts';
import { writeJson } from './json.ts';
import { writeMarkdown } from './markdown.ts';
import type { OutputPage } from './pages.ts';
import { writePdf } from './pdf.ts';
import { writeTablesCsv, writeTablesTsv } from './tables.ts';
import { writeText } from './text.ts';
import { writeTextract } from './textract.ts';
import { writeTsv } from './tsv.ts';

/** What an output is made from besides the pages. */
export interface OutputSource {
  /**
   * Writes the uploaded file as a PDF with a text layer to `output`; both are paths on this machine, `pages`
   * one `OutputPage` a line. Done in a page process; rejects as its pool does.
   */
  graft(paths: { pages: string; output: string }): Promise<GraftResult>;
  /** How plain text is to be written. */
  text: TextOptions;
  /** Tells what a reader of the document should know, as a sentence. */
  warn(sentence: string): void;
}

/** Yields an output piece by piece; the pages may be gone through more than once. */
export type OutputWriter = (
  document: DocumentRow,
  pages: AsyncIterable<OutputPage>,
  source: OutputSource,
) => AsyncIterable<string | Uint8Array>;

/** An archive is put together from what these have written. */
export const OUTPUT_WRITERS: Record<Exclude<OutputFormat, 'zip'>, OutputWriter> = {
  txt: writeText,
  json: writeJson,
  pdf: writePdf,
  md: writeMarkdown,
  hocr: writeHocr,
  alto: writeAlto,
  tsv: writeTsv,
  textract: writeTextract,
  csv: writeTablesCsv,
  'tables-tsv': writeTablesTsv,
};
