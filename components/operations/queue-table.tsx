import type { QueueOverview } from '#server/operations/overview.ts';
import { formatNumber } from '../documents/format.ts';
import { cn } from '../ui/cn.ts';
import { formatSpan } from './format-span.ts';

/** What each kind of job does, in a few words. */
const WORDS: Record<QueueOverview['name'], string> = {
  'document.inspect': 'Open files',
  'page.recognize': 'Read pages',
  'page.reread': 'Read pages once more',
  'page.enlarge': 'Draw pages larger',
  'page.preview': 'Draw pages',
  'document.assemble': 'Write outputs',
  'document.output': 'Write outputs asked for later',
  'document.rewrite': 'Write outputs of corrected pages',
  'search.collect': 'Collect words for the search',
  'search.prune': 'Forget words that are gone',
  'document.remove': 'Remove deleted documents',
  'document.tidy': 'Tidy up after lost attempts',
  'document.prune': 'Remove what is too old',
  retention: 'Look for what is too old',
  sweep: 'Mend what a crash left behind',
};

const NUMBER = 'px-3 py-2.5 text-right tabular-nums last:pr-4';

export function QueueTable({ queues }: { queues: QueueOverview[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label="Queues, table" tabIndex={0} className="overflow-x-auto">
      <table className="w-full min-w-[40rem] text-sm">
        <thead className="text-left text-[13px] text-ink-muted">
          <tr className="border-b border-line">
            <th scope="col" className="px-4 py-2.5 font-medium">
              Queue
            </th>
            {['Ready', 'Later', 'Running', 'Ended', 'Wait', 'Wait, 95 %', 'Run'].map((name) => (
              <th key={name} scope="col" className={cn(NUMBER, 'font-medium')}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <Row key={queue.name} queue={queue} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ queue }: { queue: QueueOverview }) {
  const { name, ready, deferred, active, ended, waitP50, waitP95, runP50 } = queue;
  const counts = [ready, deferred, active, ended];
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className="px-4 py-2.5 text-left font-medium">
        {WORDS[name]}
        <code className="ml-2 font-mono text-xs font-normal text-ink-muted max-sm:ml-0 max-sm:block">
          {name}
        </code>
      </th>
      {counts.map((count, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change places
        <td key={index} className={cn(NUMBER, count === 0 && 'text-ink-muted')}>
          {formatNumber(count)}
        </td>
      ))}
      <td className={NUMBER}>{formatSpan(waitP50)}</td>
      <td className={NUMBER}>{formatSpan(waitP95)}</td>
      <td className={NUMBER}>{formatSpan(runP50)}</td>
    </tr>
  );
}
