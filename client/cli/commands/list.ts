import { COMMON, readArguments, readCount, requireNothing } from '../arguments.ts';
import { type CliContext, writeLine } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { connect } from '../server.ts';
import { formatAge, formatBytes, formatPages, formatTable } from '../text.ts';

/** Shows recent documents, the newest first. */
export async function list(args: string[], context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...COMMON,
    limit: { type: 'string', short: 'n', default: '25' },
  });
  requireNothing(positionals);
  const limit = readCount('--limit', values.limit, 100);
  const client = await connect(context, values.url);
  const page = await client.documents.list.query({ limit }, { signal: context.signal });
  if (values.json) {
    writeLine(context.stdout, JSON.stringify(page));
    return EXIT.ok;
  }
  const now = Date.now();
  const rows = page.documents.map((document) => [
    document.id,
    document.status,
    formatPages(document),
    formatBytes(document.sizeBytes),
    formatAge(document.createdAt, now),
    document.fileName,
  ]);
  const head = ['ID', 'STATUS', 'PAGES', 'SIZE', 'AGE', 'NAME'];
  writeLine(context.stdout, rows.length > 0 ? formatTable([head, ...rows]) : 'No documents yet.');
  return EXIT.ok;
}
