import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Env } from '../env.ts';
import { FanfoldError } from '../errors.ts';
import { ENGINE_NAMES, type EngineName } from './names.ts';

const run = promisify(execFile);

/** The first that reads with neural networks. */
const LEAST_MAJOR_VERSION = 4;

export interface NativeTesseract {
  /** Absolute path of the program. */
  path: string;
  version: string;
}

/** The engines that documents can ask for, the default first. */
export async function listEngines(env: Env): Promise<EngineName[]> {
  const native = env.FANFOLD_ENGINES ? null : await findNativeTesseract(env.TESSERACT_PATH);
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
  throw new FanfoldError('ENGINE_MISSING', {
    sentence: `There is no engine "${wanted}" here. Choose from: ${offered.join(', ')}.`,
  });
}

const found = new Map<string, Promise<NativeTesseract | null>>();

/** The installed Tesseract, looked for once; null where there is none that can be used. */
export function findNativeTesseract(command: string): Promise<NativeTesseract | null> {
  const known = found.get(command) ?? lookFor(command).catch(() => null);
  found.set(command, known);
  return known;
}

async function lookFor(command: string): Promise<NativeTesseract | null> {
  const { stdout: path } = await run('sh', ['-c', 'command -v -- "$1"', 'sh', command]);
  const { stdout, stderr } = await run(path.trim(), ['--version']);
  const version = /^tesseract v?(\d+)(\S*)/m.exec(stdout || stderr);
  if (!version || Number(version[1]) < LEAST_MAJOR_VERSION) return null;
  return { path: path.trim(), version: `${version[1]}${version[2]}` };
}
