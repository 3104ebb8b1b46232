import { type CliContext, UsageError } from '../../context.ts';
import { deadLetters } from './dead-letters.ts';
import { reconcile } from './reconcile.ts';

/** What concerns the whole installation. */
export function admin([name = '', ...rest]: string[], context: CliContext): Promise<number> {
  if (name === 'dead-letters') return deadLetters(rest, context);
  if (name === 'reconcile') return reconcile(rest, context);
  throw new UsageError(name ? `There is no command "admin ${name}".` : 'admin: which command?');
}
