import { COMMON, readArguments, requireIds } from '../arguments.ts';
import { type CliContext, writeLine } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { type FileResult, listFailedPages, resultOf } from '../result.ts';
import { connect } from '../server.ts';
import { printable, withCode } from '../text.ts';

/** Shows how documents are doing. */
export async function status(args: string[], context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(args, COMMON);
  const ids = requireIds(positionals);
  const client = await connect(context, values.url);
  const { signal, stdout } = context;
  const results = await Promise.all(
    ids.map(async (documentId) => {
      const document = await client.documents.get.query({ documentId }, { signal });
      const pages = await listFailedPages(client, document, signal);
      return resultOf(document.fileName, document, pages);
    }),
  );
  if (values.json) writeLine(stdout, JSON.stringify({ files: results }));
  else for (const result of results) writeLine(stdout, statusText(result));
  return EXIT.ok;
}

function statusText({ file, documentId, status: state, error, pages }: FileResult): string {
  const total = pages.total === null ? '' : `, ${pages.completed} of ${pages.total} pages read`;
  return [
    `${documentId}  ${printable(file)}: ${state}${total}`,
    ...(error ? [`  ${withCode(error)}`] : []),
    ...pages.failed.map(({ page, ...reason }) => `  page ${page}: ${withCode(reason)}`),
  ].join('\n');
}
