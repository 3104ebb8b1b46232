import { asFanfoldError } from '../../errors.ts';
import type { FanfoldClient } from '../../index.ts';
import { COMMON, readArguments, requireIds } from '../arguments.ts';
import { type CliContext, writeLine } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { shapeOf } from '../result.ts';
import { connect } from '../server.ts';
import { withCode } from '../text.ts';

/** Does one thing to each document that is named; returns 1 where one of them refused. */
export async function forEachDocument(
  args: string[],
  context: CliContext,
  { act, done }: { act: (client: FanfoldClient, id: string) => Promise<unknown>; done: string },
): Promise<number> {
  const { values, positionals } = readArguments(args, COMMON);
  const ids = requireIds(positionals);
  const client = await connect(context, values.url);
  const outcomes = await Promise.all(
    ids.map((documentId) =>
      act(client, documentId).then(
        () => ({ documentId, error: null }),
        (error: unknown) => ({ documentId, error: shapeOf(asFanfoldError(error)) }),
      ),
    ),
  );
  context.signal.throwIfAborted();
  for (const { documentId, error } of outcomes) {
    if (error) writeLine(context.stderr, `${documentId}: ${withCode(error)}`);
    else if (!values.json && !values.quiet) writeLine(context.stdout, `${documentId}: ${done}`);
  }
  if (values.json) writeLine(context.stdout, JSON.stringify({ documents: outcomes }));
  return outcomes.some(({ error }) => error) ? EXIT.failed : EXIT.ok;
}
