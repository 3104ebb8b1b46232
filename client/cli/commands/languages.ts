import { COMMON, readArguments, requireNothing } from '../arguments.ts';
import { type CliContext, writeLine } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { connect } from '../server.ts';

/** Shows the languages that the server can read. */
export async function languages(args: string[], context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(args, COMMON);
  requireNothing(positionals);
  const client = await connect(context, values.url);
  const info = await client.system.info.query(undefined, { signal: context.signal });
  const names = info.languages;
  writeLine(context.stdout, values.json ? JSON.stringify({ languages: names }) : names.join('\n'));
  return EXIT.ok;
}
