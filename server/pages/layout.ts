import { z } from 'zod';
import { PAGE_SOURCES } from './status.ts';

/** The version of the schema that this code writes. */
export const LAYOUT_VERSION = 1;

/**
 * `[x0, y0, x1, y1]` in pixels of the upright page raster: origin at its top left corner, y down,
 * x1 and y1 exclusive, not necessarily whole numbers.
 */
export const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type Box = z.infer<typeof boxSchema>;

/** `native`: the PDF's visible text; `old-ocr`: hidden text that came with the file; `ocr`: read here. */
export const PROVENANCES = ['native', 'old-ocr', 'ocr'] as const;

export const wordSchema = z.object({
  text: z.string(),
  box: boxSchema,
  /** 0–100; null for native text, which was not recognised. */
  confidence: z.number().min(0).max(100).nullable(),
  provenance: z.enum(PROVENANCES),
});
export type Word = z.infer<typeof wordSchema>;

export const lineSchema = z.object({
  box: boxSchema,
  /** The line that the letters stand on, `[x0, y0, x1, y1]` from its first letter to its last. */
  baseline: boxSchema.nullable(),
  words: z.array(wordSchema),
});
export type Line = z.infer<typeof lineSchema>;

export const blockSchema = z.object({
  kind: z.literal('text'),
  box: boxSchema,
  lines: z.array(lineSchema),
});
export type Block = z.infer<typeof blockSchema>;

export const layoutSchema = z.object({
  version: z.literal(LAYOUT_VERSION),
  /** From 1. */
  page: z.int().positive(),
  /** Size of the upright page raster, pixels. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** Pixels of that raster per inch of the page. */
  dpi: z.number().positive(),
  /** Clockwise degrees by which the page as displayed was turned to make the raster upright. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  source: z.enum(PAGE_SOURCES),
  /** Why the page was read, or why not, in one sentence. */
  reason: z.string(),
  engine: z.object({ name: z.string(), version: z.string() }).nullable(),
  languages: z.array(z.string()),
  /** Mean of the words' confidences weighted by their letters, 0–100; null without recognised words. */
  confidence: z.number().min(0).max(100).nullable(),
  /** In reading order. */
  blocks: z.array(blockSchema),
  /** What a reader should know of this page, as sentences. */
  warnings: z.array(z.string()),
});

/** The canonical result of a page, from which every output is derived. */
export type Layout = z.infer<typeof layoutSchema>;

/** The words of the layout in reading order. */
export function layoutWords(layout: Layout): Word[] {
  return layout.blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
}

/** Plain text: a line break after each line, an empty line between blocks. */
export function layoutText(layout: Layout): string {
  return layout.blocks
    .map((block) => block.lines.map((line) => lineText(line.words)).join('\n'))
    .join('\n\n');
}

/** The words of a line as one string: a space between two of them, none between Chinese or Japanese. */
export function lineText(words: Pick<Word, 'text'>[]): string {
  return words.reduce((line, { text }) => line + (isSpaced(line, text) ? ' ' : '') + text, '');
}

const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo}';
/** With the punctuation that is as wide as they are. */
const WIDE = `[${UNSPACED}\\u3000-\\u303f\\u30fc\\uff00-\\uff60]`;
const ENDS_WIDE = new RegExp(`${WIDE}$`, 'u');
const BEGINS_WIDE = new RegExp(`^${WIDE}`, 'u');

/** Whether a space stands between these two words of a line. */
export function isSpaced(before: string, after: string): boolean {
  if (before === '' || after === '') return false;
  return !(ENDS_WIDE.test(before) && BEGINS_WIDE.test(after));
}
