import { z } from 'zod';
import { lineText } from './line-text.ts';
import { PAGE_SOURCES } from './status.ts';

export { isSpaced, lineText } from './line-text.ts';

/** The version of the schema that this code writes; `docs/layout.md` describes it. */
export const LAYOUT_VERSION = 2;

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
  /** Its last word is cut by a hyphen and goes on in the next line. */
  hyphenated: z.boolean().optional(),
});
export type Line = z.infer<typeof lineSchema>;

export const cellSchema = z.object({
  /** The row and the column of its upper left corner, from 0. */
  row: z.int().nonnegative(),
  column: z.int().nonnegative(),
  /** How many rows and columns it reaches over, at least 1. */
  rowSpan: z.int().positive(),
  columnSpan: z.int().positive(),
  box: boxSchema,
  /** Its lines: places in `lines` of the block, from 0; none where it is empty. */
  lines: z.array(z.int().nonnegative()),
});
export type Cell = z.infer<typeof cellSchema>;

/** Cells row by row, from left to right; where no cell stands, nothing was found. */
export const tableSchema = z.object({
  rows: z.int().positive(),
  columns: z.int().positive(),
  cells: z.array(cellSchema),
});
export type Table = z.infer<typeof tableSchema>;

const blockFields = { box: boxSchema, lines: z.array(lineSchema) };

/** `header` and `footer` repeat from page to page beside the text; a list's items begin at its marks. */
export const PLAIN_KINDS = ['text', 'list', 'header', 'footer', 'page-number'] as const;

/** Every block has all of its lines in `lines`, those of a table row by row. */
export const blockSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(PLAIN_KINDS), ...blockFields }),
  z.object({
    kind: z.literal('heading'),
    /** 1 is the most important on its page. */
    level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    ...blockFields,
  }),
  z.object({ kind: z.literal('table'), table: tableSchema, ...blockFields }),
]);
export type Block = z.infer<typeof blockSchema>;
export type BlockKind = Block['kind'];

/** Something that was done to the pixels before they were read. */
export const preparationSchema = z.object({
  /** A short name, as `deskew` or `background`. */
  step: z.string(),
  /** What was measured on the page that called for it, as a sentence. */
  reason: z.string(),
});
export type Preparation = z.infer<typeof preparationSchema>;

export const layoutSchema = z.object({
  /** Layouts of version 1 hold nothing that this version does not; they are read as this one. */
  version: z.literal([1, LAYOUT_VERSION]).transform(() => LAYOUT_VERSION as typeof LAYOUT_VERSION),
  /** From 1. */
  page: z.int().positive(),
  /** Size of the upright page raster, pixels. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** Pixels of that raster per inch of the page. */
  dpi: z.number().positive(),
  /** Clockwise degrees by which the page as displayed was turned to make the raster upright. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  /** Degrees by which the page's content stood turned clockwise, after `rotation`; boxes keep it. */
  skew: z.number().default(0),
  /** In the order in which it was done. */
  preparation: z.array(preparationSchema).default([]),
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

/**
 * Plain text: a line break after each line, an empty line between blocks; of a table a line for each
 * row, a tab between its cells.
 */
export function layoutText(layout: Layout): string {
  return layout.blocks.map(blockText).join('\n\n');
}

function blockText(block: Block): string {
  const lines = block.lines.map((line) => lineText(line.words));
  if (block.kind !== 'table') return lines.join('\n');
  const { rows, columns, cells } = block.table;
  const texts = Array.from({ length: rows }, () => new Array<string>(columns).fill(''));
  for (const { row, column, lines: own } of cells) {
    (texts[row] as string[])[column] = own.map((at) => lines[at]).join(' ');
  }
  return texts.map((row) => row.join('\t').trimEnd()).join('\n');
}
