'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'use-intl/react';
import type { RereadingView } from '#server/rereadings/get.ts';
import type { Page } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { RereadForm } from './reread-form.tsx';
import { useRereadActions, useRereading } from './use-reread.ts';

const TextDiff = dynamic(() => import('./text-diff.tsx').then((module) => module.TextDiff), {
  ssr: false,
  loading: () => <Skeleton className="h-40 w-full" />,
});

/** Reading a page again: the settings, and, once it is there, the choice between old and new. */
export function PageReread({
  documentId,
  page,
  text,
}: {
  documentId: string;
  page: Page;
  text: string | undefined;
}) {
  const t = useTranslations('page.reread');
  const common = useTranslations('common');
  const words = useServerWords();
  const rereading = useRereading(documentId, page);
  const actions = useRereadActions(documentId);
  if (rereading === undefined) return <Skeleton className="h-40 w-full" />;
  if (rereading?.status === 'done') {
    return (
      <Comparison
        rereading={rereading}
        page={page}
        text={text ?? ''}
        onTake={() => void actions.take(rereading.id)}
        onDrop={() => void actions.drop(rereading.id)}
      />
    );
  }
  return (
    <>
      {rereading?.status === 'pending' && (
        <div
          role="status"
          className="mb-6 flex items-center gap-3 rounded-xl bg-sunken p-4 text-sm"
        >
          <p className="flex-1">{t('running')}</p>
          <Button size="sm" onClick={() => void actions.drop(rereading.id)}>
            {common('cancel')}
          </Button>
        </div>
      )}
      {rereading?.status === 'failed' && (
        <p role="alert" className="mb-6 rounded-xl bg-danger-soft px-4 py-3 text-sm text-danger">
          {rereading.error && words.failure(rereading.error)}
        </p>
      )}
      <RereadForm key={page.number} page={page.number} onRequest={actions.request} />
    </>
  );
}

function Comparison({
  rereading,
  page,
  text,
  onTake,
  onDrop,
}: {
  rereading: RereadingView;
  page: Page;
  text: string;
  onTake: () => void;
  onDrop: () => void;
}) {
  const t = useTranslations('page.reread');
  const described = useDescribed();
  return (
    <>
      <dl className="mb-4 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm tabular-nums">
        <dt className="text-ink-muted">{t('now')}</dt>
        <dd>{described(page)}</dd>
        <dt className="text-ink-muted">{t('new')}</dt>
        <dd>{described(rereading)}</dd>
      </dl>
      <div className="mb-6 flex flex-wrap gap-2">
        <Button variant="primary" onClick={onTake}>
          {t('take')}
        </Button>
        <Button onClick={onDrop}>{t('keep')}</Button>
      </div>
      <p className="mb-6 text-[13px] text-ink-muted">{t('corrections')}</p>
      <TextDiff before={text} after={rereading.text ?? ''} />
    </>
  );
}

type Read = Pick<RereadingView, 'wordCount' | 'confidence'>;

function useDescribed(): (read: Read) => string {
  const t = useTranslations('page.summary');
  const common = useTranslations('common');
  const format = useFormat();
  return ({ wordCount, confidence }) => {
    const words = common('wordCount', { count: wordCount ?? 0 });
    return confidence === null ? words : t('read', { words, percent: format.percent(confidence) });
  };
}
