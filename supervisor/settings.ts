import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartError } from './start-error.ts';

const port = z.int().min(1).max(65_535).optional();

const settingsSchema = z.object({
  /** `FANFOLD_SECRET`, 32 bytes as hex. */
  secret: z.string(),
  /** `FANFOLD_LOCAL_KEY`. */
  localKey: z.string(),
  postgresPassword: z.string(),
  storeAccessKeyId: z.string(),
  storeSecretAccessKey: z.string(),
  /** The ports of the last run, taken again where they are free. */
  postgresPort: port,
  storePort: port,
});

/** What an installation made up for itself; kept in `settings.json`, readable by its owner alone. */
export type Settings = z.infer<typeof settingsSchema>;

/** Reads the settings of a data folder, or makes them where there is nothing yet. */
export function loadSettings(folder: string): Settings {
  const file = fileIn(folder);
  if (existsSync(file)) return readSettings(file);
  if (existsSync(join(folder, 'postgres'))) {
    throw new StartError(
      `${file} is missing, but there is a database beside it, and only that file holds its ` +
        'password. Restore the file, or move the folder away to begin anew.',
    );
  }
  const settings = makeSettings();
  saveSettings(folder, settings);
  return settings;
}

export function saveSettings(folder: string, settings: Settings): void {
  const draft = `${fileIn(folder)}.new`;
  writeFileSync(draft, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, fileIn(folder));
}

const fileIn = (folder: string) => join(folder, 'settings.json');

function readSettings(file: string): Settings {
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new StartError(`${file} cannot be read. Restore it from a backup.`, { cause: error });
  }
}

function makeSettings(): Settings {
  return {
    secret: randomBytes(32).toString('hex'),
    localKey: `ff_local_${randomBytes(32).toString('base64url')}`,
    postgresPassword: randomBytes(24).toString('base64url'),
    storeAccessKeyId: `FF${randomBytes(9).toString('hex').toUpperCase()}`,
    storeSecretAccessKey: randomBytes(30).toString('base64url'),
  };
}
