'use client';

import { useTranslations } from 'use-intl/react';
import type { QueueOverview } from '#server/operations/overview.ts';
import { useFormat } from '../i18n/use-format.ts';
import { cn } from '../ui/cn.ts';

const COLUMNS = ['ready', 'later', 'running', 'ended', 'wait', 'waitMost', 'run'] as const;
const NUMBER = 'px-3 py-2.5 text-right tabular-nums last:pr-4';

export function QueueTable({ queues }: { queues: QueueOverview[] }) {
  const t = useTranslations('operations.queues');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={t('table')} tabIndex={0} className="overflow-x-auto">
      <table className="w-full min-w-[40rem] text-sm">
        <thead className="text-left text-[13px] text-ink-muted">
          <tr className="border-b border-line">
            <th scope="col" className="px-4 py-2.5 font-medium">
              {t('queue')}
            </th>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className={cn(NUMBER, 'font-medium')}>
                {t(name)}
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
  const t = useTranslations('operations.queues.names');
  const format = useFormat();
  const { name, ready, deferred, active, ended, waitP50, waitP95, runP50 } = queue;
  const counts = [ready, deferred, active, ended];
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className="px-4 py-2.5 text-left font-medium">
        {t(keyOf(name))}{' '}
        <code className="ml-2 font-mono text-xs font-normal text-ink-muted max-sm:ml-0 max-sm:block">
          {name}
        </code>
      </th>
      {counts.map((count, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change places
        <td key={index} className={cn(NUMBER, count === 0 && 'text-ink-muted')}>
          {format.number(count)}
        </td>
      ))}
      <td className={NUMBER}>{format.span(waitP50)}</td>
      <td className={NUMBER}>{format.span(waitP95)}</td>
      <td className={NUMBER}>{format.span(runP50)}</td>
    </tr>
  );
}

type Dashed<T> = T extends `${infer Before}.${infer After}` ? `${Before}-${After}` : T;

/** Keys of catalogues hold no dots. */
function keyOf(name: QueueOverview['name']) {
  return name.replace('.', '-') as Dashed<QueueOverview['name']>;
}
