import { z } from 'zod';
import { ENGINE_NAMES } from '../engines/names.ts';
import type { TextOptions } from '../outputs/variants.ts';
import { lineSchema } from '../plain-text.ts';
import { DEFAULT_FORMATS, OUTPUT_FORMATS } from './formats.ts';
import { parsePageRange } from './page-range.ts';
import { scheduleSchema } from './schedule.ts';

/** Tesseract's name of a language or script, e.g. `eng` or `chi_sim`. */
export const languageSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{1,30}$/);

/** In the place of a language: those of each page are found, among all that can be read. */
export const AUTO_LANGUAGE = 'auto';

/**
 * What is read of a page: `auto` what is not there as text, `force` all of it, `redo` all but its
 * visible text, in place of what an earlier OCR has hidden, `off` nothing.
 */
export const MODES = ['auto', 'force', 'redo', 'off'] as const;

/** How the text lies on the page: found out, one block, scattered, one column, or one line. */
export const SEGMENTATIONS = ['auto', 'block', 'sparse', 'column', 'line'] as const;

/** Clockwise degrees that make the pages upright, or `auto` to find out. */
export const ROTATIONS = ['auto', 0, 90, 180, 270] as const;

/** One pass, further passes where a page needs them, or every try that may help. */
export const QUALITIES = ['fast', 'balanced', 'best'] as const;

/** How a page is read. */
const pageOptionsSchema = z.object({
  mode: z.enum(MODES).default('auto'),
  segmentation: z.enum(SEGMENTATIONS).default('auto'),
  /**
   * Pixels per inch: of a picture, whatever its file says; of a PDF, those that its pages are read at.
   * Null to find out.
   */
  dpi: z.number().min(50).max(1_200).nullable().default(null),
  /** Whether lines that slope are set straight. */
  deskew: z.boolean().default(true),
  rotation: z.literal(ROTATIONS).default('auto'),
  quality: z.enum(QUALITIES).default('balanced'),
});
export type PageOptions = z.output<typeof pageOptionsSchema>;

const pageRangeSchema = z
  .string()
  .trim()
  .max(1_000)
  .refine((text) => parsePageRange(text) !== null, {
    error: 'Write pages as numbers and ranges in ascending order, for example 1-3,7 or 20-.',
  });

export const documentOptionsSchema = pageOptionsSchema.extend({
  languages: z
    .array(languageSchema)
    .min(1)
    .max(10)
    .default(['eng'])
    .transform((languages) => [...new Set(languages)])
    .refine((languages) => languages.length === 1 || !languages.includes(AUTO_LANGUAGE), {
      error: `"auto" finds the languages: name none beside it.`,
    }),
  /** What reads the pages; null for the server's default. */
  engine: z.enum(ENGINE_NAMES).nullable().default(null),
  /** What to write once the pages are read. */
  formats: z
    .array(z.enum(OUTPUT_FORMATS))
    .min(1)
    .max(OUTPUT_FORMATS.length)
    .default(DEFAULT_FORMATS)
    .transform((formats) => [...new Set(formats)]),
  /** The pages that are read, e.g. `1-3,7` or `20-`; null for all. */
  pages: pageRangeSchema.nullable().default(null),
  /** Seconds that reading a page may take, within the server's own limit; null for that limit. */
  pageTimeLimit: z.number().min(1).max(3_600).nullable().default(null),
});
export type DocumentOptions = z.output<typeof documentOptionsSchema>;

/** What the reading of a page needs to know of a document's options. */
export function pageOptionsOf(options: DocumentOptions): PageOptions {
  const { mode, segmentation, dpi, deskew, rotation, quality } = options;
  return { mode, segmentation, dpi, deskew, rotation, quality };
}

/** Documents of which a person waits for the result go before those sent in bulk. */
export const PRIORITIES = ['interactive', 'bulk'] as const;

const days = z.int().min(0).max(36_500).nullish();

/**
 * Days after a document's end until its uploaded file, what was read of its pages, and its outputs
 * are removed; null keeps them, and what is not named goes by the server's default.
 */
export const retentionSchema = z.object({ source: days, pages: days, outputs: days });
export type Retention = z.output<typeof retentionSchema>;

/** Bytes of one part of a multipart upload; files up to this size go up in one request. */
export const PART_BYTES = 16 * 1024 * 1024;
export const MAX_PARTS = 10_000;
/** Hours that an announced upload may take; what is left of it is gone within 24. */
export const UPLOAD_HOURS = 23;

/** How the file comes up; `uploadId` is the object store's. */
export type UploadState = { kind: 'post' } | { kind: 'multipart'; uploadId: string };

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

export const createDocumentSchema = z.object({
  fileName: z.string().min(1).max(10_240),
  contentType: lineSchema(1, 127),
  /** Bytes. */
  size: z.int().nonnegative(),
  /** Of the whole file, lower-case hex. */
  sha256: sha256Schema,
  options: documentOptionsSchema.prefault({}),
  priority: z.enum(PRIORITIES).default('interactive'),
  schedule: scheduleSchema.nullable().default(null),
  retention: retentionSchema.nullable().default(null),
  /** A name for this request: repeated with the same one, it makes no second document. */
  clientRequestId: lineSchema(1, 200).optional(),
  /** Whether a file that is known already is read again, as a document of its own. */
  force: z.boolean().default(false),
});
export type CreateDocument = z.output<typeof createDocumentSchema>;

export const documentIdSchema = z.object({ documentId: z.uuid() });

export const presignPartsSchema = documentIdSchema.extend({
  parts: z
    .array(z.object({ number: z.int().min(1).max(MAX_PARTS), sha256: sha256Schema }))
    .min(1)
    .max(100),
});

/** A word or a few that documents are sorted by, e.g. `invoices 2026`. */
export const tagSchema = lineSchema(1, 50);

/** Which documents; what is left out limits nothing. */
export const documentFilterSchema = z.object({
  states: z
    .array(z.enum(['PENDING', 'PROCESSING', 'DONE', 'FAILED']))
    .max(4)
    .optional(),
  language: languageSchema.optional(),
  tag: tagSchema.optional(),
  /** Created at or after, and before: ISO 8601. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type DocumentFilter = z.output<typeof documentFilterSchema>;

export const listDocumentsSchema = documentFilterSchema.extend({
  /** Part of a title or a file name. */
  name: lineSchema(0, 200).optional(),
  sort: z.enum(['newest', 'oldest', 'name']).default('newest'),
  cursor: z.string().max(12_000).nullish(),
  limit: z.int().min(1).max(100).default(25),
});

/** What is left out stays as it is; without a title the file's name is shown. */
export const updateDocumentSchema = z.object({
  documentId: z.uuid(),
  title: lineSchema(1, 500).nullable().optional(),
  tags: z
    .array(tagSchema)
    .max(50)
    .transform((tags) => [...new Set(tags)])
    .optional(),
});

export const unlockDocumentSchema = documentIdSchema.extend({
  password: z.string().min(1).max(1024),
});

export const pageRefSchema = documentIdSchema.extend({ page: z.int().positive() });

export const drawPagesSchema = documentIdSchema.extend({
  pages: z.array(z.int().positive()).min(1).max(100),
});

export const listPagesSchema = documentIdSchema.extend({
  /** Only pages that changed after this event number. */
  after: z.int().nonnegative().default(0),
});

const textOptionsSchema = z.object({
  flow: z.enum(['lines', 'paragraphs']).default('lines'),
  hyphens: z.enum(['kept', 'joined']).default('kept'),
}) satisfies z.ZodType<TextOptions>;

export const downloadSchema = documentIdSchema.extend({
  format: z.enum(OUTPUT_FORMATS),
  /** For `txt`. */
  text: textOptionsSchema.optional(),
  /** Try once more to make an output that could not be made. */
  again: z.boolean().default(false),
});

/** Documents in one archive. */
const MAX_ARCHIVED = 500;

export const archiveSchema = z.object({
  documentIds: z
    .array(z.uuid())
    .min(1)
    .max(MAX_ARCHIVED)
    .transform((ids) => [...new Set(ids)]),
  formats: z
    .array(z.enum(OUTPUT_FORMATS))
    .min(1)
    .max(OUTPUT_FORMATS.length)
    .transform((formats) => [...new Set(formats)]),
});
