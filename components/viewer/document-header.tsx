'use client';

import { CircleStop, Copy, Play, RotateCcw, SearchCheck, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import type { DocumentDetail, Page } from '../data/trpc.ts';
import { PageProgress } from '../documents/page-progress.tsx';
import { StateBadge } from '../documents/state-badge.tsx';
import { canRetry, hasOutputs, isUnderWay } from '../documents/states.ts';
import { Tags } from '../documents/tags.tsx';
import type { DocumentActions } from '../documents/use-actions.ts';
import { useRemoval } from '../documents/use-removal.ts';
import { useFormat } from '../i18n/use-format.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { cn } from '../ui/cn.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { AUTO } from '../upload/languages.ts';
import { useLanguageName } from '../upload/use-language-name.ts';
import { DocumentName } from './document-name.tsx';
import { Dot } from './dot.tsx';
import { DownloadMenu } from './download-menu.tsx';
import { Facts } from './facts.tsx';

/** On narrow screens an open page has the room for itself. */
const UNLESS_READING = 'max-md:group-has-data-open-page/document:hidden';

/** What the document is, how it stands and what can be done with it. */
export function DocumentHeader({
  document,
  pages,
  actions,
}: {
  document: DocumentDetail;
  pages: Page[];
  actions: DocumentActions;
}) {
  const format = useFormat();
  const languages = readIn(document).map(useLanguageName()).join(', ');
  return (
    <div className="relative shrink-0 border-b border-line px-4 py-4 max-md:group-has-data-open-page/document:py-2 sm:px-6">
      <div className="flex flex-col gap-3 md:flex-row md:items-start md:gap-6">
        <div className="min-w-0 flex-1">
          <DocumentName document={document} actions={actions} />
          <p
            className={cn(
              'mt-1.5 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-[13px] text-ink-muted tabular-nums',
              UNLESS_READING,
            )}
          >
            <StateBadge document={document} />
            <Facts document={document} pages={pages} />
            <Dot />
            <span>{format.bytes(document.sizeBytes)}</span>
            <Dot />
            <span>{languages}</span>
            <Tags tags={document.tags} />
          </p>
        </div>
        <Actions document={document} actions={actions} />
      </div>
      <PageProgress
        document={document}
        className={cn(
          'absolute inset-x-0 -bottom-px h-[3px]! rounded-none! transition-opacity delay-500 duration-700',
          !showsProgress(document) && 'opacity-0',
        )}
      />
    </div>
  );
}

function Actions({ document, actions }: { document: DocumentDetail; actions: DocumentActions }) {
  const t = useTranslations('viewer.actions');
  const list = useTranslations('documents.actions');
  const common = useTranslations('common');
  const router = useRouter();
  const remove = useRemoval();
  const done = hasOutputs(document.status);
  const leave = () => {
    remove([document]);
    router.push('/');
  };
  return (
    <div
      className={cn(
        'flex flex-wrap items-center gap-1.5 max-sm:[&_button]:px-2.5 max-sm:[&_a]:px-2.5 sm:gap-2',
        UNLESS_READING,
      )}
    >
      {document.startAt && (
        <Button onClick={actions.startNow}>
          <Play aria-hidden="true" /> {list('startNow')}
        </Button>
      )}
      {isUnderWay(document.status) && (
        <Button onClick={actions.cancel}>
          <CircleStop aria-hidden="true" /> {common('cancel')}
        </Button>
      )}
      {canRetry(document) && (
        <Button onClick={actions.retry}>
          <RotateCcw aria-hidden="true" className="max-sm:hidden" />{' '}
          <RetryWord document={document} />
        </Button>
      )}
      {done && (
        <>
          <Link href={`/documents/${document.id}/review`} className={buttonLook({})}>
            <SearchCheck aria-hidden="true" /> <span className="max-sm:sr-only">{t('review')}</span>
          </Link>
          <Button onClick={actions.copyText}>
            <Copy aria-hidden="true" /> <span className="max-sm:sr-only">{t('copy')}</span>
          </Button>
          <DownloadMenu document={document} actions={actions} />
        </>
      )}
      <IconButton label={common('delete')} onClick={leave}>
        <Trash2 />
      </IconButton>
    </div>
  );
}

/** Those that were asked for, or found where that was asked. */
function readIn({ options, foundLanguages }: DocumentDetail): string[] {
  const found = options.languages.includes(AUTO) && foundLanguages.length > 0;
  return found ? foundLanguages : options.languages;
}

function showsProgress({ status, pageCount }: DocumentDetail): boolean {
  return pageCount !== null && (isUnderWay(status) || status === 'partial');
}

function RetryWord({ document: { status, pageCount, pagesFailed } }: { document: DocumentDetail }) {
  const t = useTranslations('viewer.actions');
  const common = useTranslations('common');
  if (status === 'canceled') return t('goOn');
  if (pageCount === null || pagesFailed === 0) return common('tryAgain');
  return (
    <span>
      {t.rich('retryFailed', {
        wide: (words) => <span className="max-sm:sr-only">{words}</span>,
      })}
    </span>
  );
}
