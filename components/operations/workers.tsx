import type { Overview } from '#server/operations/overview.ts';
import { countOf, formatAge } from '../documents/format.ts';

export function Workers({ workers }: { workers: Overview['workers'] }) {
  if (workers.length === 0) {
    return <p className="px-4 py-5 text-ink-muted">No page was read in the last 15 minutes.</p>;
  }
  const now = Date.now();
  return (
    <ul className="divide-y divide-line">
      {workers.map(({ name, pages, lastStartedAt }) => (
        <li key={name} className="flex flex-wrap items-baseline gap-x-4 px-4 py-2.5 text-sm">
          <code className="min-w-0 flex-1 truncate font-mono text-[13px]">{name}</code>
          <span className="text-ink-muted">
            {pages > 0 ? `reads ${countOf(pages, 'page')}` : 'idle'}, last took one{' '}
            {formatAge(lastStartedAt, now)}
          </span>
        </li>
      ))}
    </ul>
  );
}
