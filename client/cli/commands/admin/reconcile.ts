import type { Finding } from '#server/reconcile/reconcile.ts';
import { COMMON, readArguments, requireNothing } from '../../arguments.ts';
import { type CliContext, UsageError, writeLine } from '../../context.ts';
import { EXIT } from '../../exit-code.ts';
import { connect } from '../../server.ts';
import { count } from '../../text.ts';

/**
 * Lists rows without objects and objects without rows, and mends them with `--fix`; exit code 1
 * where something is left.
 */
export async function reconcile(args: string[], context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...COMMON,
    fix: { type: 'boolean', default: false },
    grace: { type: 'string', default: '60' },
  });
  requireNothing(positionals);
  const graceMinutes = Number(values.grace);
  if (!Number.isInteger(graceMinutes) || graceMinutes < 0) {
    throw new UsageError(`--grace ${values.grace}: give whole minutes.`);
  }
  const client = await connect(context, values.url);
  const sum = { documents: 0, objects: 0, findings: 0, mended: 0 };
  for (let after: string | null | undefined; after !== null; ) {
    const input = { after: after ?? null, fix: values.fix, graceMinutes };
    const step = await client.admin.reconcile.mutate(input, { signal: context.signal });
    for (const finding of step.findings) {
      writeLine(context.stdout, values.json ? JSON.stringify(finding) : describeFinding(finding));
    }
    sum.documents += step.documents;
    sum.objects += step.objects;
    sum.findings += step.findings.length;
    sum.mended += step.findings.filter(({ mended }) => mended).length;
    after = step.next;
  }
  const seen = `${count(sum.documents, 'document')} and ${count(sum.objects, 'object')}`;
  const mended = values.fix ? `, ${sum.mended} mended` : '';
  writeLine(context.stderr, `${seen} compared: ${count(sum.findings, 'difference')}${mended}.`);
  return sum.findings > sum.mended ? EXIT.failed : EXIT.ok;
}

function describeFinding({ kind, documentId, page, key, mended }: Finding): string {
  const where = page === null ? documentId : `${documentId} page ${page}`;
  return `${kind}  ${where}  ${key}${mended ? `  → ${mended}` : ''}`;
}
