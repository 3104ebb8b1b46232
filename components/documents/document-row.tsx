'use client';

import { memo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { DocumentSummary } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { cn } from '../ui/cn.ts';
import { LateLink } from '../ui/late-link.tsx';
import { SheetIcon } from '../ui/sheet-icon.tsx';
import { nameOf } from './name.ts';
import { PageProgress } from './page-progress.tsx';
import { RowActions } from './row-actions.tsx';
import { isUnderWay, stateLook, TONE_TEXT } from './states.ts';
import { Tags } from './tags.tsx';
import { useProgressText } from './use-progress-text.ts';

/** The columns that rows and their skeletons share. */
export const ROW_GRID =
  'grid min-h-[4.5rem] grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-4 px-3 py-3 sm:px-4 md:grid-cols-[auto_minmax(0,1fr)_12rem_4.5rem_7rem_4rem]';

/** One document; `now` is the time in milliseconds that its age is told from. */
export const DocumentRow = memo(function DocumentRow({
  document,
  now,
  selected,
  selecting,
  onSelect,
}: {
  document: DocumentSummary;
  now: number;
  selected: boolean;
  /** Whether some document is selected. */
  selecting: boolean;
  /** Ticks or unticks it; with `range`, also what lies between it and the last one. */
  onSelect: (id: string, range: boolean) => void;
}) {
  const t = useTranslations('documents');
  const format = useFormat();
  const { icon, tone, name } = stateLook(document);
  const uncounted = document.pageCount === null;
  return (
    <li
      className={cn(
        ROW_GRID,
        'group relative transition-colors hover:bg-ink/[0.025] has-[a:focus-visible]:bg-accent-soft/50',
        selected && 'bg-accent-soft/60! hover:bg-accent-soft/70!',
      )}
    >
      <div className="relative z-10">
        <SheetIcon
          icon={icon}
          className={cn(
            TONE_TEXT[tone],
            'transition-opacity group-focus-within:opacity-25 group-hover:opacity-25',
            selecting && 'opacity-25',
          )}
        />
        <span className="absolute inset-0 grid place-items-center">
          <Checkbox
            label={t('selectOne', { name: nameOf(document) })}
            checked={selected}
            onChange={(range) => onSelect(document.id, range)}
            className={cn(
              'opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100',
              selecting && 'opacity-100',
            )}
          />
        </span>
      </div>
      <div className={cn('min-w-0', uncounted && 'md:col-span-2')}>
        <LateLink
          href={`/documents/${document.id}`}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-lg focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          <bdi dir="auto" title={document.fileName}>
            {nameOf(document)}
          </bdi>
        </LateLink>
        <p className="mt-0.5 flex min-w-0 items-center gap-2 text-[13px] text-ink-muted">
          <span className={cn('shrink-0 font-medium', TONE_TEXT[tone])}>{t(`states.${name}`)}</span>
          <Remark document={document} />
          <Tags tags={document.tags} />
        </p>
      </div>
      {!uncounted && (
        <div className="hidden text-[13px] text-ink-muted tabular-nums md:block">
          <Pages document={document} />
        </div>
      )}
      <span className="hidden text-right text-[13px] text-ink-muted tabular-nums md:block">
        {format.bytes(document.sizeBytes)}
      </span>
      <time
        dateTime={document.createdAt}
        title={format.moment(document.createdAt)}
        className="hidden text-right text-[13px] text-ink-muted md:block"
      >
        {format.age(document.createdAt, now)}
      </time>
      <RowActions document={document} onSelect={onSelect} />
      {!uncounted && isUnderWay(document.status) && (
        <PageProgress
          document={document}
          className="absolute inset-x-0 bottom-0 h-0.5! rounded-none! md:hidden"
        />
      )}
    </li>
  );
});

/** What there is to say beside the state; on narrow screens the place of the columns. */
function Remark({ document }: { document: DocumentSummary }) {
  const t = useTranslations('documents');
  const format = useFormat();
  const words = useServerWords();
  const progress = useProgressText();
  const { status, error, pageCount, startAt } = document;
  if (startAt)
    return <span className="truncate">{t('starts', { time: format.start(startAt) })}</span>;
  if (status === 'awaiting_upload') {
    return <span className="truncate">{t('dropAgain')}</span>;
  }
  if (error && status === 'failed') {
    return (
      <span className="truncate" title={words.failure(error)}>
        {words.failure(error)}
      </span>
    );
  }
  const short = pageCount === null ? format.bytes(document.sizeBytes) : progress.short(document);
  return <span className="truncate tabular-nums md:hidden">{short}</span>;
}

function Pages({ document }: { document: DocumentSummary }) {
  const progress = useProgressText();
  if (document.status === 'completed') return progress.short(document);
  return (
    <>
      <span className="mb-1.5 block leading-none">{progress.shortWithFailed(document)}</span>
      <PageProgress document={document} className="max-w-44" />
    </>
  );
}
