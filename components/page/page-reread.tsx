'use client';

import dynamic from 'next/dynamic';
import { useLayoutEffect, useRef } from 'react';
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
  corrected,
}: {
  documentId: string;
  page: Page;
  text: string | undefined;
  /** Whether people have corrected the page. */
  corrected: boolean;
}) {
  const t = useTranslations('page.reread');
  const rereading = useRereading(documentId, page);
  const actions = useRereadActions(documentId);
  const place = useBeginning(rereading?.status === 'done' ? rereading.id : null);
  if (rereading === undefined) return <Skeleton className="h-40 w-full" />;
  const done = rereading?.status === 'done';
  return (
    <div ref={place} tabIndex={-1} className="outline-none">
      <p role="status" className="sr-only">
        {done && t('ready')}
      </p>
      {done ? (
        <Comparison
          rereading={rereading}
          page={page}
          text={text ?? ''}
          corrected={corrected}
          onTake={() => void actions.take(rereading.id)}
          onDrop={() => void actions.drop(rereading.id)}
        />
      ) : (
        <>
          <Standing rereading={rereading} onDrop={actions.drop} />
          <RereadForm key={page.number} page={page.number} onRequest={actions.request} />
        </>
      )}
    </div>
  );
}

/** Where the settings give way to the choice, or the other way round, reading begins anew: at the top. */
function useBeginning(compared: string | null) {
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef(compared);
  useLayoutEffect(() => {
    if (shown.current === compared) return;
    shown.current = compared;
    place.current?.parentElement?.scrollTo({ top: 0 });
    // What had it is gone.
    if (document.activeElement === document.body) place.current?.focus({ preventScroll: true });
  }, [compared]);
  return place;
}

/** A second reading that is not there yet, or never will be. */
function Standing({
  rereading,
  onDrop,
}: {
  rereading: RereadingView | null;
  onDrop: (id: string) => Promise<unknown>;
}) {
  const t = useTranslations('page.reread');
  const common = useTranslations('common');
  const words = useServerWords();
  if (rereading?.status === 'pending') {
    return (
      <div role="status" className="mb-6 flex items-center gap-3 rounded-xl bg-sunken p-4 text-sm">
        <p className="flex-1">{t('running')}</p>
        <Button size="sm" onClick={() => void onDrop(rereading.id)}>
          {common('cancel')}
        </Button>
      </div>
    );
  }
  if (rereading?.status !== 'failed') return null;
  return (
    <p role="alert" className="mb-6 rounded-xl bg-danger-soft px-4 py-3 text-sm text-danger">
      {rereading.error && words.failure(rereading.error)}
    </p>
  );
}

function Comparison({
  rereading,
  page,
  text,
  corrected,
  onTake,
  onDrop,
}: {
  rereading: RereadingView;
  page: Page;
  text: string;
  corrected: boolean;
  onTake: () => void;
  onDrop: () => void;
}) {
  const t = useTranslations('page.reread');
  const described = useDescribed();
  return (
    <>
      <h3 className="mb-3 font-medium">{t('choose')}</h3>
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
      {corrected && <p className="mb-6 text-[13px] text-ink-muted">{t('corrections')}</p>}
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
