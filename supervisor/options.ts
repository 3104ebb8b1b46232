import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createOutput, type Output } from './output.ts';
import { StartError } from './start-error.ts';

export const PROJECT = join(import.meta.dirname, '..');

/** The environment, with what `.env` adds to it. */
export function readSource(): NodeJS.ProcessEnv {
  const file = join(PROJECT, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}

export function folderOf(source: NodeJS.ProcessEnv): string {
  return resolve(source.FANFOLD_DATA || '.fanfold');
}

/** Where web listens; a port of 0 means any free one. */
export function addressOf(source: NodeJS.ProcessEnv): { host: string; port: number } {
  const port = Number(source.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new StartError(`PORT is "${source.PORT}". Set it to a number from 0 to 65535.`);
  }
  return { host: source.HOST || '127.0.0.1', port };
}

export function terminalOutput(source: NodeJS.ProcessEnv): Output {
  // A reader that goes away (`npm start | head`) is no reason to stop.
  process.stdout.on('error', () => {});
  return createOutput({
    json: source.LOG_FORMAT === 'json',
    colour: process.stdout.isTTY && !source.NO_COLOR,
    write: (text) => process.stdout.write(text),
  });
}

/** Says why a command failed, and ends the process. */
export function fail(output: Output, error: unknown): never {
  const known = error instanceof StartError;
  const text = error instanceof Error ? (known ? error.message : error.stack) : String(error);
  output.warn(text ?? 'Unknown error');
  process.exit(1);
}
