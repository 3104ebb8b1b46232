import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { S3Error } from '../errors.ts';

/** A browser's upload form: its fields by lower-case name, then its file as a stream. */
export interface UploadForm {
  fields: Readonly<Record<string, string>>;
  file: BusboyFileStream;
  /** Settles when the form has ended as it must; rejects where it was cut off. */
  ended: Promise<void>;
  /** Stops reading, wherever it is. */
  close(): void;
}

const LIMITS = {
  fields: 64,
  fieldSize: 20 * 1024,
  files: 1,
  headerPairs: 16,
  headerSize: 8 * 1024,
};

/**
 * Reads a form up to the start of its file. What follows the file is passed over, as S3 does.
 * Throws `MalformedPOSTRequest`, `InvalidArgument` or `MaxPostPreDataLengthExceededError`.
 */
export async function openForm(
  contentType: string,
  body: AsyncIterable<Buffer>,
): Promise<UploadForm> {
  const parser = createParser(contentType);
  const fields: Record<string, string> = Object.create(null);
  const { promise: opened, resolve, reject } = Promise.withResolvers<BusboyFileStream>();
  const collect = (name: string, value: string, nameCut: boolean, valueCut: boolean) => {
    const field = name.toLowerCase();
    if (nameCut || valueCut) reject(tooLarge());
    else if (field in fields)
      reject(new S3Error('InvalidArgument', `The field ${field} came twice.`));
    else fields[field] = value;
  };
  parser.on('field', collect);
  parser.once('fieldsLimit', () => reject(tooLarge()));
  parser.once('file', (name, file) => {
    parser.off('field', collect);
    file.on('error', () => undefined);
    if (name.toLowerCase() === 'file') resolve(file);
    else
      reject(new S3Error('InvalidArgument', 'POST requires exactly one file upload per request.'));
  });
  const aborter = new AbortController();
  const bytes = Readable.from(body, { objectMode: false });
  const ended = pipeline(bytes, parser, { signal: aborter.signal }).catch((cause: unknown) => {
    throw cause instanceof S3Error ? cause : malformed(cause);
  });
  ended.then(
    () =>
      reject(new S3Error('InvalidArgument', 'POST requires exactly one file upload per request.')),
    reject,
  );
  const file = await opened;
  // The parser leaves the file open where the connection breaks, and its reader waiting for ever.
  ended.catch((cause: Error) => file.destroy(cause));
  const close = () => {
    aborter.abort();
    file.destroy();
  };
  return { file, fields, ended, close };
}

function createParser(contentType: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: LIMITS,
      isPartAFile: (name) => name?.toLowerCase() === 'file',
    });
  } catch (cause) {
    throw malformed(cause);
  }
}

function tooLarge(): S3Error {
  return new S3Error(
    'MaxPostPreDataLengthExceededError',
    'Your POST request fields preceding the upload file were too large.',
  );
}

function malformed(cause: unknown): S3Error {
  const message = 'The body of your POST request is not well-formed multipart/form-data.';
  return new S3Error('MalformedPOSTRequest', message, { cause });
}
