import type { Writable } from 'node:stream';

/** What a command sees of the world. */
export interface CliContext {
  /** Where relative paths start. */
  folder: string;
  env: Record<string, string | undefined>;
  stdin: AsyncIterable<Buffer | string>;
  stdout: Writable;
  stderr: Writable & { isTTY?: boolean };
  /** Aborts on Ctrl-C. */
  signal: AbortSignal;
}

/** A command line that cannot be understood; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A failure that ends the command with its sentence; exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

export function writeLine(stream: Writable, text: string): void {
  stream.write(`${text}\n`);
}
