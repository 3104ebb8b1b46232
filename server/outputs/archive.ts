import { and, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { type DocumentRow, documents, outputs } from '#db/schema/index.ts';
import type { Context } from '../context.ts';
import type { OutputFormat } from '../documents/formats.ts';
import type { archiveSchema } from '../documents/schemas.ts';
import { FanfoldError, toFanfoldError } from '../errors.ts';
import { requestOutput } from './download.ts';
import { outputFileName, safeStem, uniqueNames } from './file-names.ts';
import { isReady, type OutputRow, type ReadyOutput } from './internal.ts';
import { type Zip, type ZipEntry, zipOf } from './zip.ts';

type ArchiveInput = z.output<typeof archiveSchema>;

export interface ArchiveProgress {
  /** Outputs that are there, that are being made, and that cannot be had. */
  ready: number;
  making: number;
  failed: number;
  /** Bytes of those that are there. */
  sizeBytes: number;
}

/** Has the outputs made that an archive of these documents lacks, and tells how far they are. */
export async function prepareArchive({
  ctx,
  input,
}: {
  ctx: Context;
  input: ArchiveInput;
}): Promise<ArchiveProgress> {
  const parts = await partsOf(ctx, input);
  const progress = { ready: 0, making: 0, failed: 0, sizeBytes: 0 };
  for (const { document, format, output } of parts) {
    if (isReady(output)) {
      progress.ready += 1;
      progress.sizeBytes += output.sizeBytes;
    } else if (output?.jobId || (await isOrdered(ctx, document, format))) progress.making += 1;
    else progress.failed += 1;
  }
  return progress;
}

/** The outputs that are there of these documents as one archive, with a manifest that tells of the rest. */
export async function streamArchive({
  ctx,
  input,
}: {
  ctx: Context;
  input: ArchiveInput;
}): Promise<Zip> {
  const parts = await partsOf(ctx, input);
  const names = namesOf(parts.map(({ document }) => document));
  const files: ZipEntry[] = [];
  const listed: ManifestEntry[] = [];
  for (const { document, format, output } of parts) {
    const entry = { documentId: document.id, fileName: document.fileName, format };
    if (!isReady(output)) {
      listed.push({ ...entry, error: whyNot(output) });
      continue;
    }
    const name = outputFileName(`${names.get(document.id)}.x`, format);
    listed.push({ ...entry, name, sizeBytes: output.sizeBytes, sha256: output.sha256 });
    files.push(zipEntry(ctx, document, name, output));
  }
  return zipOf([manifest(listed), ...files]);
}

interface Part {
  document: DocumentRow;
  format: OutputFormat;
  output: OutputRow | undefined;
}

/** In the order of the documents that were asked for. Throws NOT_FOUND where there is none of them. */
async function partsOf(ctx: Context, { documentIds, formats }: ArchiveInput): Promise<Part[]> {
  const rows = await ctx.db
    .select()
    .from(documents)
    .where(and(inArray(documents.id, documentIds), eq(documents.ownerId, ctx.ownerId)));
  if (rows.length === 0) throw new FanfoldError('NOT_FOUND');
  const found = await ctx.db
    .select()
    .from(outputs)
    .where(
      and(
        inArray(outputs.documentId, documentIds),
        eq(outputs.ownerId, ctx.ownerId),
        inArray(outputs.format, formats),
        eq(outputs.variant, ''),
      ),
    );
  const byKey = new Map(found.map((output) => [`${output.documentId}/${output.format}`, output]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const ordered = documentIds.flatMap((id) => byId.get(id) ?? []);
  return ordered.flatMap((document) =>
    formats.map((format) => ({ document, format, output: byKey.get(`${document.id}/${format}`) })),
  );
}

/** False where the output cannot be had. */
async function isOrdered(ctx: Context, { id }: DocumentRow, format: OutputFormat) {
  try {
    await requestOutput(ctx, id, { format, variant: '' }, false);
    return true;
  } catch (error) {
    const { code } = toFanfoldError(error);
    if (code === 'INTERNAL') throw error;
    return false;
  }
}

/** A name for the files of each document, none twice. */
function namesOf(rows: DocumentRow[]): Map<string, string> {
  const unique = uniqueNames(['manifest']);
  const names = new Map<string, string>();
  for (const { id, fileName } of rows) {
    if (!names.has(id)) names.set(id, unique(safeStem(fileName)));
  }
  return names;
}

function zipEntry(
  { storage }: Context,
  { createdAt }: DocumentRow,
  name: string,
  { key, sizeBytes }: ReadyOutput,
): ZipEntry {
  const content = { size: sizeBytes, open: () => storage.read(key) };
  // Stored as they are, so that the size of the whole is known and a browser can show how far it is.
  return { name, modified: createdAt, content, compress: false };
}

interface ManifestEntry {
  documentId: string;
  fileName: string;
  format: OutputFormat;
  name?: string;
  sizeBytes?: number;
  sha256?: string | null;
  error?: { code: string; sentence: string };
}

function manifest(files: ManifestEntry[]): ZipEntry {
  const content = Buffer.from(`${JSON.stringify({ version: 1, files }, null, 2)}\n`);
  return { name: 'manifest.json', modified: new Date(), content, compress: false };
}

function whyNot(output: OutputRow | undefined): { code: string; sentence: string } {
  if (output?.errorCode) return { code: output.errorCode, sentence: output.errorSentence ?? '' };
  return { code: 'CONFLICT', sentence: 'It was not there when the archive was made.' };
}
