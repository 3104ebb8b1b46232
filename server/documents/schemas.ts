import { z } from 'zod';
import { DEFAULT_FORMATS, OUTPUT_FORMATS } from './formats.ts';

/** Tesseract's name of a language or script, e.g. `eng` or `chi_sim`. */
export const languageSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{1,30}$/);

export const documentOptionsSchema = z.object({
  languages: z
    .array(languageSchema)
    .min(1)
    .max(10)
    .default(['eng'])
    .transform((languages) => [...new Set(languages)]),
  /** What to write once the pages are read. */
  formats: z
    .array(z.enum(OUTPUT_FORMATS))
    .min(1)
    .max(OUTPUT_FORMATS.length)
    .default(DEFAULT_FORMATS)
    .transform((formats) => [...new Set(formats)]),
});
export type DocumentOptions = z.output<typeof documentOptionsSchema>;

/** Bytes of one part of a multipart upload; files up to this size go up in one request. */
export const PART_BYTES = 16 * 1024 * 1024;
export const MAX_PARTS = 10_000;

/** How the file comes up; `uploadId` is the object store's. */
export type UploadState = { kind: 'post' } | { kind: 'multipart'; uploadId: string };

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

export const createDocumentSchema = z.object({
  fileName: z.string().min(1).max(10_240),
  contentType: z.string().min(1).max(127),
  /** Bytes. */
  size: z.int().nonnegative(),
  /** Of the whole file, lower-case hex. */
  sha256: sha256Schema,
  options: documentOptionsSchema.prefault({}),
});

export const documentIdSchema = z.object({ documentId: z.uuid() });

export const presignPartsSchema = documentIdSchema.extend({
  parts: z
    .array(z.object({ number: z.int().min(1).max(MAX_PARTS), sha256: sha256Schema }))
    .min(1)
    .max(100),
});

export const listDocumentsSchema = z.object({
  cursor: z.string().max(200).nullish(),
  limit: z.int().min(1).max(100).default(25),
});

export const unlockDocumentSchema = documentIdSchema.extend({
  password: z.string().min(1).max(1024),
});

export const pageRefSchema = documentIdSchema.extend({ page: z.int().positive() });

export const listPagesSchema = documentIdSchema.extend({
  /** Only pages that changed after this event number. */
  after: z.int().nonnegative().default(0),
});

export const downloadSchema = documentIdSchema.extend({ format: z.enum(OUTPUT_FORMATS) });
