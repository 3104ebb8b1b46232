import { COMMON, readArguments, readFormats, requireIds } from '../arguments.ts';
import { type CliContext, UsageError, writeLine } from '../context.ts';
import { type Output, printOutput, saveOutput, stemOf } from '../download.ts';
import { EXIT } from '../exit-code.ts';
import { nameOutputs, prepareFolder } from '../outputs.ts';
import { connect } from '../server.ts';

/** Takes out results of documents that were read. */
export async function get(args: string[], context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...COMMON,
    format: { type: 'string', short: 'f', default: 'txt' },
    out: { type: 'string', short: 'o' },
    force: { type: 'boolean', default: false },
    paragraphs: { type: 'boolean', default: false },
    'join-hyphens': { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
  });
  const ids = requireIds(positionals);
  const formats = readFormats(values.format);
  const { folder, signal, stdout } = context;
  const text = {
    flow: values.paragraphs ? 'paragraphs' : 'lines',
    hyphens: values['join-hyphens'] ? 'joined' : 'kept',
  } as const;
  const { again } = values;
  const isOne = ids.length === 1 && formats.length === 1;
  if (!values.out && (!isOne || values.json)) {
    throw new UsageError('Say with --out FOLDER where the results go.');
  }
  const client = await connect(context, values.url);
  const outputs = ids.flatMap((documentId) =>
    formats.map((format): Output => ({ client, documentId, format, text, again, signal })),
  );
  const [only] = outputs;
  if (!values.out && only) {
    await printOutput(only, stdout);
    return EXIT.ok;
  }
  const out = await prepareFolder(values.out ?? '', folder);
  const paths = await saveAll(outputs, { out, force: values.force });
  if (values.json) writeLine(stdout, JSON.stringify({ outputs: paths }));
  else for (const path of paths) writeLine(stdout, path);
  return EXIT.ok;
}

async function saveAll(
  outputs: Output[],
  { out, force }: { out: string; force: boolean },
): Promise<string[]> {
  const paths: string[] = [];
  for (const output of outputs) {
    const name = await stemOf(output);
    const taken = { out, formats: [output.format], force };
    const [stem = name] = await nameOutputs([`${name}.${output.format}`], taken);
    paths.push(await saveOutput(output, { out, stem, force }));
  }
  return paths;
}
