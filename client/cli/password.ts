import { text } from 'node:stream/consumers';
import { type CliContext, UsageError } from './context.ts';

/** The password of protected files: of the command line, standard input or the environment. */
export async function readPassword(
  given: { password: string | undefined; passwordStdin: boolean },
  { env, stdin }: Pick<CliContext, 'env' | 'stdin'>,
): Promise<string | undefined> {
  if (given.passwordStdin && given.password !== undefined) {
    throw new UsageError('Give either --password-stdin or --password.');
  }
  if (!given.passwordStdin) return given.password || env.FANFOLD_PASSWORD || undefined;
  const password = (await text(stdin)).replace(/\r?\n$/, '');
  if (password === '') throw new UsageError('No password came from standard input.');
  return password;
}
