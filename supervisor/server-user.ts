import { spawnSync } from 'node:child_process';
import { lchownSync, lstatSync, readdirSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { StartError } from './start-error.ts';

/** As whom Postgres, which refuses to run as root, is started. */
export interface ServerUser {
  uid?: number;
  gid?: number;
  /** The words before the command. */
  prefix: string[];
}

const USER = 'postgres';

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * The present user, unless that is root: then the user `postgres`, made where there is none. Where
 * `postgres` cannot reach one of `paths` (a project below /root), root without its privileges, in a
 * user namespace. Throws a StartError where that is impossible, too.
 */
export function chooseServerUser(paths: string[]): ServerUser {
  if (!isRoot()) return { prefix: [] };
  const user = findUser() ?? makeUser();
  const closed = user && paths.map((path) => firstClosed(path, user)).find(Boolean);
  if (user && !closed) return { ...user, prefix: [] };
  const prefix = ['unshare', '--user', `--map-user=${user?.uid ?? 65_534}`];
  if (succeeds(prefix, ['true'])) return { prefix };
  throw new StartError(
    closed
      ? `Postgres runs as the user "${USER}", who cannot enter ${closed}. Allow it with ` +
          `"chmod o+x ${closed}", or use a folder outside of it.`
      : `Postgres does not run as root, and the user "${USER}" could not be made. ` +
          'Start Fanfold as an ordinary user.',
  );
}

/** Makes a file, or a folder and everything in it, the server user's. */
export function giveTo(user: ServerUser, path: string): void {
  if (!isRoot()) return;
  const [uid, gid] = [user.uid ?? 0, user.gid ?? 0];
  if (lstatSync(path).uid === uid) return;
  const inside = lstatSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
    : [];
  for (const entry of inside) lchownSync(join(path, entry), uid, gid);
  lchownSync(path, uid, gid);
}

interface Ids {
  uid: number;
  gid: number;
}

function findUser(): Ids | undefined {
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  return uid && gid ? { uid, gid } : undefined;
}

function idOf(flag: '-u' | '-g'): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, USER], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
}

function makeUser(): Ids | undefined {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', USER]);
  return findUser();
}

/** The outermost folder on the way to `path` that the user may not enter. */
function firstClosed(path: string, user: Ids): string | undefined {
  const folders: string[] = [];
  for (let at = path; at !== parse(at).root; at = dirname(at)) folders.unshift(at);
  return folders.find((folder) => !succeeds(['test'], ['-x', folder], user));
}

function succeeds(prefix: string[], args: string[], user?: Ids): boolean {
  const [command = '', ...rest] = [...prefix, ...args];
  return spawnSync(command, rest, { ...user, stdio: 'ignore' }).status === 0;
}
