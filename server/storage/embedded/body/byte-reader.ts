import { S3Error } from '../errors.ts';

/** Reads lines and runs of bytes from a stream of chunks of any size. */
export class ByteReader {
  #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** A line without its CRLF, of at most `limit` bytes. */
  async line(limit: number): Promise<string> {
    let end = this.#rest.indexOf('\r\n');
    while (end < 0 && this.#rest.length <= limit) {
      this.#rest = Buffer.concat([this.#rest, await this.#more()]);
      end = this.#rest.indexOf('\r\n');
    }
    if (end < 0 || end > limit)
      throw new S3Error('InvalidRequest', 'A line of the framing is too long.');
    const line = this.#rest.toString('latin1', 0, end);
    this.#rest = this.#rest.subarray(end + 2);
    return line;
  }

  /** Exactly `length` bytes, in pieces as they arrive. */
  async *bytes(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0; ) {
      if (this.#rest.length === 0) this.#rest = await this.#more();
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** Throws where bytes follow. */
  async end(): Promise<void> {
    const next = this.#rest.length > 0 ? { done: false } : await this.#source.next();
    if (!next.done) throw new S3Error('InvalidRequest', 'Bytes follow the end of the body.');
  }

  async #more(): Promise<Buffer> {
    const next = await this.#source.next();
    if (next.done) throw new S3Error('IncompleteBody', 'The body ended within a chunk.');
    return next.value;
  }
}
