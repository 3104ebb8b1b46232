'use client';

import Link from 'next/link';
import { memo } from 'react';
import type { DocumentSummary } from '../data/trpc.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { cn } from '../ui/cn.ts';
import { SheetIcon } from '../ui/sheet-icon.tsx';
import { countOf, formatAge, formatBytes, formatNumber, formatStart } from './format.ts';
import { nameOf } from './name.ts';
import { PageProgress, progressText } from './page-progress.tsx';
import { RowActions } from './row-actions.tsx';
import { stateLook, TONE_TEXT } from './states.ts';
import { Tags } from './tags.tsx';

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
  const { icon, tone, word } = stateLook(document);
  return (
    <li
      className={cn(
        ROW_GRID,
        'group relative transition-colors hover:bg-ink/[0.025] has-[a:focus-visible]:bg-accent-soft/50',
        selected && 'bg-accent-soft/60 hover:bg-accent-soft/70',
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
            label={`Select ${nameOf(document)}`}
            checked={selected}
            onChange={(range) => onSelect(document.id, range)}
            className={cn(
              'opacity-0 transition-opacity after:absolute after:-inset-2 after:content-[""] group-focus-within:opacity-100 group-hover:opacity-100',
              selecting && 'opacity-100',
            )}
          />
        </span>
      </div>
      <div className="min-w-0">
        <Link
          href={`/documents/${document.id}`}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-lg focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          <bdi dir="auto" title={document.fileName}>
            {nameOf(document)}
          </bdi>
        </Link>
        <p className="mt-0.5 flex min-w-0 items-center gap-2 text-[13px] text-ink-muted">
          <span className={cn('shrink-0 font-medium', TONE_TEXT[tone])}>{word}</span>
          <Remark document={document} />
          <Tags tags={document.tags} />
        </p>
      </div>
      <div className="hidden text-[13px] text-ink-muted tabular-nums md:block">
        <Pages document={document} />
      </div>
      <span className="hidden text-right text-[13px] text-ink-muted tabular-nums md:block">
        {formatBytes(document.sizeBytes)}
      </span>
      <time
        dateTime={document.createdAt}
        title={new Date(document.createdAt).toLocaleString('en-GB')}
        className="hidden text-right text-[13px] text-ink-muted md:block"
      >
        {formatAge(document.createdAt, now)}
      </time>
      <RowActions document={document} onSelect={onSelect} />
    </li>
  );
});

/** What there is to say beside the state; on narrow screens the place of the columns. */
function Remark({ document }: { document: DocumentSummary }) {
  const { status, error, pageCount, startAt } = document;
  if (startAt) return <span className="truncate">{formatStart(startAt)}</span>;
  if (status === 'awaiting_upload') {
    return <span className="truncate">Drop the file again to go on</span>;
  }
  if (error && status === 'failed') {
    return (
      <span className="truncate" title={error.sentence}>
        {error.sentence}
      </span>
    );
  }
  const short = pageCount === null ? formatBytes(document.sizeBytes) : progressShort(document);
  return <span className="truncate tabular-nums md:hidden">{short}</span>;
}

function progressShort(document: DocumentSummary): string {
  const { status, pagesCompleted, pageCount } = document;
  const pages = pageCount ?? 0;
  if (status === 'completed') return countOf(pages, 'page');
  return `${formatNumber(pagesCompleted)} of ${countOf(pages, 'page')}`;
}

function Pages({ document }: { document: DocumentSummary }) {
  const { status, pageCount } = document;
  if (pageCount === null) return null;
  if (status === 'completed') return countOf(pageCount, 'page');
  return (
    <>
      <span className="mb-1.5 block leading-none">
        {progressText(document).replace(' read', '')}
      </span>
      <PageProgress document={document} className="max-w-44" />
    </>
  );
}
