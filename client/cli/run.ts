import packageFile from '../../package.json' with { type: 'json' };
import { asFanfoldError } from '../errors.ts';
import { admin } from './commands/admin/index.ts';
import { cancel } from './commands/cancel.ts';
import { get } from './commands/get.ts';
import { languages } from './commands/languages.ts';
import { list } from './commands/list.ts';
import { ocr } from './commands/ocr.ts';
import { retry } from './commands/retry.ts';
import { rm } from './commands/rm.ts';
import { start } from './commands/start.ts';
import { status } from './commands/status.ts';
import { type CliContext, UsageError, writeLine } from './context.ts';
import { EXIT } from './exit-code.ts';
import { HELP } from './help.ts';
import { describeError } from './text.ts';

type Command = (args: string[], context: CliContext) => Promise<number>;

const COMMANDS = new Map<string, Command>(
  Object.entries({ ocr, list, status, get, cancel, retry, rm, start, admin, languages }),
);

/** Runs a command line to its exit code. Never rejects. */
export async function run(argv: string[], context: CliContext): Promise<number> {
  try {
    return await dispatch(argv, context);
  } catch (error) {
    if (context.signal.aborted) return EXIT.interrupted;
    const isUsage = error instanceof UsageError;
    writeLine(context.stderr, `fanfold: ${describeError(asFanfoldError(error))}`);
    if (isUsage) writeLine(context.stderr, 'Try: npm run -s fanfold -- help');
    return isUsage ? EXIT.usage : EXIT.failed;
  }
}

async function dispatch([name = '', ...rest]: string[], context: CliContext): Promise<number> {
  const wantsHelp = [name, ...untilDashes(rest)].some((word) => word === '--help' || word === '-h');
  if (name === 'help' || wantsHelp) return print(HELP.trimEnd(), context);
  if (name === '--version' || name === '-v') return print(packageFile.version, context);
  const command = COMMANDS.get(name);
  if (command) return command(rest, context);
  if (name === '') throw new UsageError('Which command?');
  throw new UsageError(`There is no command "${name}".`);
}

/** After `--` come names of files, whatever they look like. */
function untilDashes(args: string[]): string[] {
  const end = args.indexOf('--');
  return end < 0 ? args : args.slice(0, end);
}

function print(text: string, { stdout }: CliContext): number {
  writeLine(stdout, text);
  return EXIT.ok;
}
