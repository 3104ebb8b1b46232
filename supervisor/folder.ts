import { accessSync, constants, mkdirSync } from 'node:fs';
import { isRoot } from './server-user.ts';
import { StartError } from './start-error.ts';

/** Makes the data folder; throws a StartError where it cannot be written. */
export function prepareFolder(folder: string): void {
  try {
    // As root, Postgres runs as another user, who has to pass through.
    mkdirSync(folder, { recursive: true, mode: isRoot() ? 0o711 : 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(
      `The data folder ${folder} cannot be written (${code}). Set FANFOLD_DATA to another one.`,
      { cause: error },
    );
  }
}
