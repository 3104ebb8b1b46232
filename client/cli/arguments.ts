import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { OUTPUT_FORMATS, type OutputFormat } from '#server/documents/formats.ts';
import { UsageError } from './context.ts';

/** What every command understands. */
export const COMMON = {
  url: { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const satisfies ParseArgsOptionsConfig;

/** Reads options and the rest of a command line; throws a UsageError for what is not known. */
export function readArguments<const T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** `eng+spa` or `eng,spa`. */
export function readLanguages(text: string | undefined): string[] | undefined {
  return text === undefined ? undefined : splitList(text, /[+,]/, '--lang');
}

/** One of the values that an option knows. */
export function readChoice<const T extends string>(
  name: string,
  text: string | undefined,
  choices: readonly T[],
): T | undefined {
  const choice = choices.find((known) => known === text);
  if (text === undefined || choice !== undefined) return choice;
  throw new UsageError(`${name} ${text}: choose from ${choices.join(', ')}.`);
}

/** `txt,json`, without repetitions. */
export function readFormats(text: string): OutputFormat[] {
  return splitList(text.toLowerCase(), ',', '--format').map((name) => {
    const format = OUTPUT_FORMATS.find((known) => known === name);
    if (!format)
      throw new UsageError(`--format ${name}: choose from ${OUTPUT_FORMATS.join(', ')}.`);
    return format;
  });
}

export function readCount(name: string, text: string, most: number): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new UsageError(`${name} ${text}: give a whole number from 1 to ${most}.`);
}

export function requireIds(ids: string[]): string[] {
  if (ids.length === 0) throw new UsageError('Which document? Give its id; `list` shows them.');
  return ids;
}

export function requireNothing(rest: string[]): void {
  if (rest.length > 0) throw new UsageError(`"${rest[0]}" does not belong here.`);
}

function splitList(text: string, separator: string | RegExp, name: string): string[] {
  const items = text.split(separator).map((item) => item.trim());
  const named = new Set(items.filter(Boolean));
  if (named.size === 0) throw new UsageError(`${name} is empty.`);
  return [...named];
}
