import { glob, open, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { UsageError } from './context.ts';

export interface InputFile {
  /** As it was given, or found. */
  shown: string;
  path: string;
}

/**
 * The files of a command line, in order and each once. Patterns that the shell has left are expanded
 * here. Throws a UsageError for one that is missing, a folder, or not readable.
 */
export async function expandInputs(inputs: string[], folder: string): Promise<InputFile[]> {
  const found = new Map<string, InputFile>();
  for (const input of inputs) {
    for (const shown of await expand(input, folder)) {
      const path = resolve(folder, shown);
      if (!found.has(path)) found.set(path, { shown, path });
    }
  }
  for (const file of found.values()) await requireReadable(file);
  return [...found.values()];
}

async function expand(input: string, folder: string): Promise<string[]> {
  const isPattern = /[*?[{]/.test(input);
  if (!isPattern || (await exists(resolve(folder, input)))) return [input];
  const files: string[] = [];
  for await (const entry of glob(input, { cwd: folder, withFileTypes: true })) {
    if (entry.isFile()) files.push(resolve(folder, entry.parentPath, entry.name));
  }
  if (files.length === 0) throw new UsageError(`No file matches ${input}.`);
  return files.sort().map((path) => (isAbsolute(input) ? path : relative(folder, path)));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function requireReadable({ path, shown }: InputFile): Promise<void> {
  try {
    const handle = await open(path);
    const isFolder = await handle.stat().then((stats) => stats.isDirectory());
    await handle.close();
    if (isFolder) throw new UsageError(`${shown} is a folder. Give its files: ${shown}/*`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError(`There is no file ${shown}.`);
    throw new UsageError(`${shown} cannot be read (${code}).`);
  }
}
