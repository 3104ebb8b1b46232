import { join } from 'node:path';
import { parseEnv } from '#server/env.ts';
import { clusterUrl } from './cluster.ts';
import { urlOf } from './ports.ts';
import type { Settings } from './settings.ts';
import { StartError } from './start-error.ts';

export type Mode = 'development' | 'production';

/** Which servers the installation brings itself, for lack of one in the environment. */
export function embedded(source: NodeJS.ProcessEnv): { postgres: boolean; store: boolean } {
  const named = [source.S3_ENDPOINT, source.S3_ACCESS_KEY_ID, source.S3_SECRET_ACCESS_KEY];
  return { postgres: !source.DATABASE_URL, store: !named.some(Boolean) };
}

export const DATABASE = 'fanfold';

/**
 * The environment of web, worker and setup: what the supervisor was given, completed from the
 * settings. Throws a StartError that names what is wrong with it.
 */
export function buildEnvironment(options: {
  source: NodeJS.ProcessEnv;
  settings: Settings;
  mode: Mode;
  folder: string;
  host: string;
  port: number;
  postgresPort: number;
  storePort: number;
}): NodeJS.ProcessEnv {
  const { source, settings, mode, folder, host, port, postgresPort, storePort } = options;
  const own = embedded(source);
  const env: NodeJS.ProcessEnv = {
    ...source,
    NODE_ENV: mode,
    FANFOLD_DATA: folder,
    // What a start compiles, the next one finds: half of the processor time that a page process takes for it.
    NODE_COMPILE_CACHE: source.NODE_COMPILE_CACHE || join(folder, 'compile-cache'),
    HOST: host,
    PORT: String(port),
    FANFOLD_SECRET: source.FANFOLD_SECRET || settings.secret,
    FANFOLD_LOCAL_KEY: source.FANFOLD_LOCAL_KEY || settings.localKey,
  };
  if (own.postgres) {
    const password = settings.postgresPassword;
    env.DATABASE_URL = clusterUrl({ port: postgresPort, password, database: DATABASE });
  }
  if (own.store) {
    env.S3_ENDPOINT = urlOf(host, storePort);
    env.S3_ACCESS_KEY_ID = settings.storeAccessKeyId;
    env.S3_SECRET_ACCESS_KEY = settings.storeSecretAccessKey;
    env.S3_FORCE_PATH_STYLE = 'true';
  }
  checkEnvironment(env);
  return env;
}

function checkEnvironment(env: NodeJS.ProcessEnv): void {
  try {
    parseEnv(env);
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error));
  }
}
