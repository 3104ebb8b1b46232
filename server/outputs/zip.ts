import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file of an archive. */
export interface ZipEntry {
  /** Relative, with `/` between folders. */
  name: string;
  modified: Date;
  /** Bytes that come to be read, or what is read when its turn comes: `size` bytes. */
  content: Buffer | { size: number; open: () => Promise<Readable> };
  /** Whether it gets smaller by it. */
  compress: boolean;
}

/** The size of an archive is known before it is made where nothing in it is compressed. */
export interface Zip {
  stream: Readable;
  /** Bytes; null where it is not known. */
  size: number | null;
}

/** An archive as a stream: one file is open at a time, ZIP64 where it has to be. */
export function zipOf(entries: ZipEntry[]): Zip {
  const zip = new ZipFile();
  const stream = new PassThrough();
  let open: Readable | undefined;
  for (const { name, modified, content, compress } of entries) {
    const options = { mtime: modified, mode: 0o100_644, compress };
    if (Buffer.isBuffer(content)) zip.addBuffer(content, name, options);
    else {
      zip.addReadStreamLazy(name, { ...options, size: content.size }, (give) => {
        content.open().then(
          (body) => {
            open = body;
            give(null, body);
          },
          (error: Error) => stream.destroy(error),
        );
      });
    }
  }
  zip.on('error', (error: Error) => stream.destroy(error));
  stream.on('close', () => open?.destroy());
  zip.outputStream.pipe(stream);
  return { stream, size: endOf(zip) };
}

function endOf(zip: ZipFile): number | null {
  let total = -1;
  const options = { forceZip64Format: false, comment: '' };
  // The package's types leave out what the callback is given.
  const told = ((size: number) => {
    total = size;
  }) as () => void;
  zip.end(options, told);
  return total < 0 ? null : total;
}
