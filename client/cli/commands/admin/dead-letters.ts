import type { DeadLetterDetail } from '#server/dead-letters/list.ts';
import type { Redriven } from '#server/dead-letters/redrive.ts';
import { type DeadLetterFilter, deadLetterFilterSchema } from '#server/dead-letters/schemas.ts';
import type { FanfoldClient } from '../../../index.ts';
import { COMMON, readArguments, readCount } from '../../arguments.ts';
import { type CliContext, UsageError, writeLine } from '../../context.ts';
import { EXIT } from '../../exit-code.ts';
import { connect } from '../../server.ts';
import { count, formatAge, formatTable, printable } from '../../text.ts';

type Arguments = ReturnType<typeof readDeadLetterArguments>;

/** Jobs that were given up: `list`, `show ID`, `redrive` and `discard` of some or of all. */
export async function deadLetters(args: string[], context: CliContext): Promise<number> {
  const given = readDeadLetterArguments(args);
  const client = await connect(context, given.url);
  const { answer, text } = await ACTIONS[given.action](client, given);
  writeLine(context.stdout, given.json ? JSON.stringify(answer) : text);
  return EXIT.ok;
}

type Action = (
  client: FanfoldClient,
  given: Arguments,
) => Promise<{ answer: object; text: string }>;

const ACTIONS: Record<Arguments['action'], Action> = {
  async list(client, { filter, limit }) {
    const answer = await client.admin.deadLetters.list.query({ ...filter, limit });
    const now = Date.now();
    const rows = answer.deadLetters.map((letter) => [
      letter.id,
      letter.kind,
      letter.code,
      String(letter.attempts),
      formatAge(letter.failedAt, now),
      letter.page === null ? '' : `p. ${letter.page}`,
      printable(letter.document?.fileName ?? '(gone)'),
    ]);
    const head = ['ID', 'KIND', 'CODE', 'TRIES', 'AGE', 'PAGE', 'DOCUMENT'];
    const more = answer.total > rows.length ? `\n${answer.total} in all.` : '';
    const text = rows.length > 0 ? formatTable([head, ...rows]) + more : 'No dead letters.';
    return { answer, text };
  },
  async show(client, { filter: { ids = [] } }) {
    const [id] = ids;
    if (!id || ids.length > 1) throw new UsageError('Which dead letter? Give one id.');
    const answer = await client.admin.deadLetters.show.query({ id });
    return { answer, text: explain(answer) };
  },
  async redrive(client, { filter, preview }) {
    const answer = await client.admin.deadLetters.redrive.mutate({ ...filter, preview });
    return { answer, text: summarize(answer, preview) };
  },
  async discard(client, { filter }) {
    const answer = await client.admin.deadLetters.discard.mutate(filter);
    return { answer, text: `${count(answer.discarded, 'dead letter')} thrown away.` };
  },
};

function readDeadLetterArguments(args: string[]) {
  const { values, positionals } = readArguments(args, {
    ...COMMON,
    kind: { type: 'string' },
    code: { type: 'string' },
    document: { type: 'string' },
    before: { type: 'string' },
    limit: { type: 'string', short: 'n', default: '50' },
    all: { type: 'boolean', default: false },
    preview: { type: 'boolean', default: false },
  });
  const [name = 'list', ...ids] = positionals;
  if (!(name in ACTIONS)) throw new UsageError(`There is no "admin dead-letters ${name}".`);
  const action = name as 'list' | 'show' | 'redrive' | 'discard';
  const { kind, code, document: documentId, before } = values;
  const filter = readFilter({
    kind,
    code,
    documentId,
    before,
    ids: ids.length > 0 ? ids : undefined,
  });
  const changes = action === 'redrive' || action === 'discard';
  if (changes && Object.keys(filter).length === 0 && !values.all && !values.preview) {
    throw new UsageError(`Which ones? Give ids, --kind, --code, --document, --before or --all.`);
  }
  return {
    action,
    filter,
    limit: readCount('--limit', values.limit, 200),
    preview: values.preview,
    url: values.url,
    json: values.json ?? false,
  };
}

function readFilter(given: Record<string, string | string[] | undefined>): DeadLetterFilter {
  const named = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  const result = deadLetterFilterSchema.safeParse(named);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UsageError(`${issue?.path.join('.')}: ${issue?.message}`);
}

function summarize({ jobs, kinds, obsolete, postponed }: Redriven, preview: boolean): string {
  const ofKinds = Object.entries(kinds).map(([kind, number]) => `${number} ${kind}`);
  const list = ofKinds.length > 0 ? ` (${ofKinds.join(', ')})` : '';
  const lines = [`${count(jobs, 'job')} ${preview ? 'would be queued' : 'queued'} again${list}.`];
  if (obsolete > 0) lines.push(`${obsolete} had nothing left to do.`);
  if (postponed > 0)
    lines.push(`${postponed} stay until the outputs of their documents are written.`);
  return lines.join('\n');
}

function explain(letter: DeadLetterDetail): string {
  const history = letter.history.map(
    (attempt) =>
      `  ${attempt.number}. ${attempt.startedAt} ${attempt.worker} ${attempt.outcome} ${attempt.code ?? ''}`,
  );
  return [
    `${letter.kind} ${letter.id}`,
    `${letter.code} after ${count(letter.attempts, 'attempt')}, ${letter.failedAt}`,
    letter.document
      ? `${printable(letter.document.fileName)} (${letter.document.id})${letter.page ? `, page ${letter.page}` : ''}`
      : 'The document is gone.',
    `Payload: ${JSON.stringify(letter.payload)}`,
    ...(history.length > 0 ? ['Attempts:', ...history] : []),
    letter.stack ?? letter.message,
  ].join('\n');
}
