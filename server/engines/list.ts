import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Env } from '../env.ts';
import { FanfoldError } from '../errors.ts';
import { ENGINE_NAMES, type EngineName } from './names.ts';

const run = promisify(execFile);

/** Where the library of Tesseract 5 is: a name that the system's loader finds, or Homebrew's folders. */
const LIBRARIES: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['libtesseract.so.5'],
  darwin: ['', '/opt/homebrew/lib/', '/usr/local/lib/'].map((at) => `${at}libtesseract.5.dylib`),
};
/** From the project's folder, in which all of its programs run. */
const PROBE = 'worker/ocr/native/probe.ts';

export interface NativeTesseract {
  /** Of its library: a path, or a name that the system's loader finds. */
  path: string;
  version: string;
}

/** The engines that documents can ask for, the default first. */
export async function listEngines(env: Env): Promise<EngineName[]> {
  const native = env.FANFOLD_ENGINES ? null : await findNativeTesseract(env.TESSERACT_LIBRARY);
  const there: Record<EngineName, boolean> = {
    tesseract: true,
    'tesseract-native': native !== null,
    vision: Boolean(env.FANFOLD_VISION_URL && env.FANFOLD_VISION_MODEL),
    null: env.FANFOLD_NULL_ENGINE_MS !== undefined,
  };
  const offered = env.FANFOLD_ENGINES ?? ENGINE_NAMES.filter((name) => there[name]);
  return [...new Set([env.FANFOLD_ENGINE, ...offered])];
}

/** Throws ENGINE_MISSING with a sentence that names what is there. */
export async function requireEngine(wanted: EngineName | null, env: Env): Promise<void> {
  if (wanted === null) return;
  const offered = await listEngines(env);
  if (offered.includes(wanted)) return;
  const needed = wanted === 'tesseract-native' ? ' It needs the library of Tesseract 5.' : '';
  throw new FanfoldError('ENGINE_MISSING', {
    sentence: `There is no engine "${wanted}" here.${needed} Choose from: ${offered.join(', ')}.`,
  });
}

const found = new Map<string | undefined, Promise<NativeTesseract | null>>();

/** The installed Tesseract, looked for once; null where there is none that can be used. */
export function findNativeTesseract(library?: string): Promise<NativeTesseract | null> {
  const known = found.get(library) ?? lookFor(library).catch(() => null);
  found.set(library, known);
  return known;
}

async function lookFor(library: string | undefined): Promise<NativeTesseract | null> {
  const libraries = library ? [library] : (LIBRARIES[process.platform] ?? []);
  // As page processes are: with nothing of this one's environment.
  const env = {} as NodeJS.ProcessEnv;
  const { stdout } = await run(process.execPath, [PROBE, ...libraries], { env });
  return JSON.parse(stdout) as NativeTesseract | null;
}
