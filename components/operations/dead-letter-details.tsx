'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl/react';
import type { DeadLetterDetail } from '#server/dead-letters/list.ts';
import type { AttemptView } from '#server/pages/attempts.ts';
import { useTRPC } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { Skeleton } from '../ui/skeleton.tsx';

const CODE = 'mt-1 overflow-x-auto rounded-md bg-surface p-3 font-mono text-xs leading-relaxed';

/** Stack, payload and the attempts at a page. */
export function DeadLetterDetails({ id }: { id: string }) {
  const t = useTranslations('operations.dead');
  const words = useServerWords();
  const trpc = useTRPC();
  const detail = useQuery(trpc.admin.deadLetters.show.queryOptions({ id }));
  if (detail.isError) {
    return <p className="mt-3 text-sm text-danger">{words.thrown(detail.error)}</p>;
  }
  if (!detail.data) return <Skeleton className="mt-3 h-24 w-full" />;
  const { stack, message, payload, history } = detail.data;
  return (
    <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-4 text-[13px]">
      {history.length > 0 && <History history={history} />}
      <div>
        <h3 className="font-medium">{t('wrong')}</h3>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre tabIndex={0} className={CODE}>
          {stack ?? message}
        </pre>
      </div>
      <div>
        <h3 className="font-medium">{t('payload')}</h3>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre tabIndex={0} className={CODE}>
          {JSON.stringify(payload, null, 2)}
        </pre>
      </div>
    </div>
  );
}

function History({ history }: { history: DeadLetterDetail['history'] }) {
  const t = useTranslations('operations.dead');
  const format = useFormat();
  return (
    <div>
      <h3 className="font-medium">{t('history')}</h3>
      <ol className="mt-1 grid gap-1">
        {history.map(({ number, startedAt, worker, outcome, code }) => (
          <li key={number} className="text-ink-muted">
            <span className="text-ink tabular-nums">{number}.</span>{' '}
            <time dateTime={startedAt}>{format.moment(startedAt)}</time>, {worker},{' '}
            {t(`outcomes.${outcome as AttemptView['outcome']}`)}{' '}
            {code && <code className="font-mono text-xs text-danger">{code}</code>}
          </li>
        ))}
      </ol>
    </div>
  );
}
