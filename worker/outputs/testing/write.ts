import type { DocumentRow } from '#db/schema/index.ts';
import { buildLayout } from '#fixtures/layouts.ts';
import { textOptionsOf, type Variant } from '#server/outputs/variants.ts';
import { OUTPUT_WRITERS } from '../index.ts';
import type { OutputPage } from '../pages.ts';

/** Text that would break a format which does not escape it, and what is left of it in XML. */
const HOSTILE = `<script>"a" & 'b'</script>\u0000\u0007\ud800\u202e]]>`;
export const CLEAN = `<script>"a" & 'b'</script>\ufffd\u202e]]>`;

export const document = {
  id: '018f0000-0000-7000-8000-000000000001',
  fileName: 'A "strange"; <file>.pdf',
  pageCount: 3,
  sha256: 'a1'.repeat(32),
  options: { languages: ['eng'], formats: ['txt'] },
} as DocumentRow;

const read = buildLayout({
  width: 1000,
  height: 2000,
  lines: [
    {
      words: [
        ['Fish', [100, 100.4, 150, 120]],
        [HOSTILE, [160, 100, 260, 120]],
      ],
      baseline: [100, 116, 260, 118],
    },
    {
      words: [
        ['漢', [100, 200, 120, 220]],
        ['字', [122, 200, 142, 220]],
      ],
    },
  ],
});
const native = buildLayout({
  page: 3,
  lines: [{ words: [['born', [1, 2, 3, 4]]] }],
  provenance: 'native',
  confidence: null,
});
/** A page that was read, one that failed, and one whose text was taken from the PDF. */
export const PAGES: OutputPage[] = [
  { number: 1, layout: read },
  { number: 2, error: { code: 'PAGE_TIMEOUT', sentence: 'It took <too> long.' } },
  { number: 3, layout: native },
];

/** An output as one string. */
export async function writeOutput(
  format: keyof typeof OUTPUT_WRITERS,
  { pages = PAGES, variant = '' }: { pages?: OutputPage[]; variant?: Variant } = {},
): Promise<string> {
  const source = {
    graft: () => Promise.reject(new Error('no file')),
    warn() {},
    text: textOptionsOf(variant),
  };
  let text = '';
  const all = {
    async *[Symbol.asyncIterator]() {
      yield* pages;
    },
  };
  for await (const chunk of OUTPUT_WRITERS[format](document, all, source)) text += chunk;
  return text;
}
