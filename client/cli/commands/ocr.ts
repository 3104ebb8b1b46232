import pLimit from 'p-limit';
import { COMMON, readArguments, readCount, readFormats, readLanguages } from '../arguments.ts';
import { type CliContext, UsageError, writeLine } from '../context.ts';
import { printOutput } from '../download.ts';
import { exitCodeOf } from '../exit-code.ts';
import { expandInputs, type InputFile } from '../inputs.ts';
import { nameOutputs, prepareFolder } from '../outputs.ts';
import { readPassword } from '../password.ts';
import { createProgress } from '../progress.ts';
import { READING, readReading } from '../reading.ts';
import { type Recognition, recognise } from '../recognise.ts';
import { REQUEST, readRequest } from '../request.ts';
import type { FileResult } from '../result.ts';
import { connect } from '../server.ts';
import { describeOutcome, reportProblems } from '../summary.ts';

export type OcrArguments = ReturnType<typeof readOcrArguments>;

/** Reads files and delivers their text; returns the exit code. */
export async function ocr(args: string[], context: CliContext): Promise<number> {
  const given = readOcrArguments(args);
  const inputs = await expandInputs(given.inputs, context.folder);
  if (given.out === undefined && inputs.length > 1) throw outMissing('several files');
  const password = await readPassword(given, context);
  const client = await connect(context, given.url);
  const targets = await planTargets(given, inputs, context.folder);
  const progress = createProgress(context, given.quiet);
  const limit = pLimit(given.concurrency);
  const read = async (input: InputFile, index: number) => {
    const shown = progress.file(input.shown);
    const { signal } = context;
    const { options, request } = given;
    const job = { client, input, options, request, password, progress: shown, signal };
    const result = await recognise({ ...job, target: targets[index] });
    shown.end(describeOutcome(result, context.folder));
    return result;
  };
  const results = await Promise.all(
    inputs.map((input, index) => limit(() => read(input, index))),
  ).finally(() => progress.stop());
  if (given.json) writeLine(context.stdout, JSON.stringify({ files: results }));
  context.signal.throwIfAborted();
  reportProblems(results, context.stderr);
  const [only] = results;
  if (given.out === undefined && !given.json && only) await print(only, given, context, client);
  return exitCodeOf(results.map(({ status }) => status));
}

export function readOcrArguments(args: string[]) {
  const { values, positionals } = readArguments(args, {
    ...COMMON,
    ...READING,
    ...REQUEST,
    lang: { type: 'string', short: 'l' },
    format: { type: 'string', short: 'f', default: 'txt' },
    out: { type: 'string', short: 'o' },
    force: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: '2' },
    'password-stdin': { type: 'boolean', default: false },
    password: { type: 'string' },
  });
  if (positionals.length === 0) throw new UsageError('Which files? Give at least one.');
  const formats = readFormats(values.format);
  if (formats.length > 1 && values.out === undefined) throw outMissing('several formats');
  if (values.out === '') throw new UsageError('--out is empty.');
  return {
    inputs: positionals,
    formats,
    options: { ...readReading(values), ...languagesOf(values.lang), formats },
    out: values.out,
    force: values.force,
    concurrency: readCount('--concurrency', values.concurrency, 16),
    request: readRequest(values),
    password: values.password,
    passwordStdin: values['password-stdin'],
    url: values.url,
    json: values.json ?? false,
    quiet: values.quiet ?? false,
  };
}

function languagesOf(text: string | undefined) {
  const languages = readLanguages(text);
  return languages && { languages };
}

function outMissing(what: string): UsageError {
  return new UsageError(`For ${what}, say with --out FOLDER where the results go.`);
}

async function planTargets(
  { out: named, formats, force }: OcrArguments,
  inputs: InputFile[],
  folder: string,
): Promise<Recognition['target'][]> {
  if (named === undefined) return [];
  const out = await prepareFolder(named, folder);
  const paths = inputs.map(({ path }) => path);
  const stems = await nameOutputs(paths, { out, formats, force });
  return stems.map((stem) => ({ out, stem, formats, force }));
}

async function print(
  { documentId, status }: FileResult,
  { formats: [format] }: OcrArguments,
  { stdout, signal }: CliContext,
  client: Recognition['client'],
): Promise<void> {
  const isRead = status === 'completed' || status === 'partial';
  if (isRead && documentId && format) {
    await printOutput({ client, documentId, format, signal }, stdout);
  }
}
