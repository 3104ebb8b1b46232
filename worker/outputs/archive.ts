import type { Assembly, FailedOutput, WrittenOutput } from '#server/documents/assemble.ts';
import { ARCHIVED_FORMATS, OUTPUTS, type OutputFormat } from '#server/documents/formats.ts';
import { FanfoldError, toFanfoldError } from '#server/errors.ts';
import { languagesOf } from '#server/languages/of-document.ts';
import { outputFileName, safeStem } from '#server/outputs/file-names.ts';
import { type ZipEntry, zipOf } from '#server/outputs/zip.ts';
import type { WorkerServices } from '../services.ts';
import { type Making, storeOutput, writeOutput } from './write.ts';

const ZIP = { format: 'zip', variant: '' } as const;
/** Compressed already. */
const DENSE: ReadonlySet<OutputFormat> = new Set(['pdf']);

export interface Archive {
  zip: WrittenOutput & typeof ZIP;
  /** The outputs that had to be made for it. */
  added: WrittenOutput[];
}

/** Writes a zip of all formats with a manifest; those that are not among `known` are made for it. */
export async function writeArchive(
  services: WorkerServices,
  assembly: Assembly,
  known: WrittenOutput[],
  making: Making,
): Promise<Archive> {
  const added: WrittenOutput[] = [];
  const failed: FailedOutput[] = [];
  for (const format of ARCHIVED_FORMATS) {
    if (known.some((output) => output.format === format)) continue;
    making.signal.throwIfAborted();
    try {
      added.push(await writeOutput(services, assembly, { format, variant: '' }, making));
    } catch (cause) {
      const error = toFanfoldError(cause);
      if (making.signal.aborted || !error.permanent) throw error;
      failed.push({ format, error });
    }
  }
  const all = [...known, ...added];
  const outputs = ARCHIVED_FORMATS.flatMap((format) => all.filter((one) => one.format === format));
  const entries = entriesOf(services, assembly, outputs, failed);
  const { stream } = zipOf(entries);
  return { zip: await storeOutput(services, assembly, ZIP, stream, making), added };
}

function entriesOf(
  { ctx }: WorkerServices,
  assembly: Assembly,
  outputs: WrittenOutput[],
  failed: FailedOutput[],
): ZipEntry[] {
  const { fileName, createdAt } = assembly.document;
  const nameOf = (format: OutputFormat) => outputFileName(`${safeStem(fileName)}.x`, format);
  const files = outputs.map(({ format, key, sizeBytes }): ZipEntry => {
    const content = { size: sizeBytes, open: () => ctx.storage.read(key).catch(replaced) };
    return { name: nameOf(format), modified: createdAt, content, compress: !DENSE.has(format) };
  });
  const manifest = manifestOf(assembly, outputs, failed, nameOf);
  const content = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  return [{ name: 'manifest.json', modified: createdAt, content, compress: true }, ...files];
}

/** A correction may have had the output made anew meanwhile: the next try finds it. */
function replaced(cause: unknown): never {
  const gone = cause instanceof FanfoldError && cause.code === 'SOURCE_MISSING';
  throw gone ? new FanfoldError('STORAGE_UNAVAILABLE', { cause }) : cause;
}

function manifestOf(
  { document, pages }: Assembly,
  outputs: WrittenOutput[],
  failed: FailedOutput[],
  nameOf: (format: OutputFormat) => string,
) {
  const { id, fileName, sha256, pageCount, warnings } = document;
  return {
    version: 1,
    document: { id, fileName, sha256, pageCount, languages: languagesOf(document), warnings },
    files: outputs.map(({ format, sizeBytes, sha256 }) => ({
      name: nameOf(format),
      format,
      type: OUTPUTS[format].type,
      sizeBytes,
      sha256: sha256 || null,
    })),
    failures: failed.map(({ format, error: { code, sentence } }) => ({ format, code, sentence })),
    failedPages: pages
      .filter(({ status }) => status !== 'completed')
      .map((page) => ({ page: page.number, code: page.errorCode, sentence: page.errorSentence })),
  };
}
