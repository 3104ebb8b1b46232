'use client';

import { ChevronDown, CircleStop, Copy, Download, RotateCcw, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { OUTPUTS } from '#server/documents/formats.ts';
import type { DocumentDetail, Page } from '../data/trpc.ts';
import { formatBytes } from '../documents/format.ts';
import { FormatIcon } from '../documents/format-icon.tsx';
import { PageProgress } from '../documents/page-progress.tsx';
import { StateBadge } from '../documents/state-badge.tsx';
import { canRetry, hasOutputs, isUnderWay } from '../documents/states.ts';
import type { DocumentActions } from '../documents/use-actions.ts';
import { useRemoval } from '../documents/use-removal.ts';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/cn.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { languageName } from '../upload/languages.ts';
import { Dot } from './dot.tsx';
import { Facts } from './facts.tsx';

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
  const languages = document.options.languages.map(languageName).join(', ');
  return (
    <div className="relative shrink-0 border-b border-line px-4 py-4 sm:px-6">
      <div className="flex flex-col gap-3 md:flex-row md:items-start md:gap-6">
        <div className="min-w-0 flex-1">
          <h1 className="truncate font-serif text-2xl leading-tight font-medium tracking-tight">
            <bdi dir="auto" title={document.fileName}>
              {document.fileName}
            </bdi>
          </h1>
          <p className="mt-1.5 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-[13px] text-ink-muted tabular-nums">
            <StateBadge document={document} />
            <Facts document={document} pages={pages} />
            <Dot />
            <span>{formatBytes(document.sizeBytes)}</span>
            <Dot />
            <span>{languages}</span>
          </p>
        </div>
        <Actions document={document} actions={actions} />
      </div>
      <PageProgress
        document={document}
        className={cn(
          'absolute inset-x-0 -bottom-px h-[3px] rounded-none transition-opacity delay-500 duration-700',
          !showsProgress(document) && 'opacity-0',
        )}
      />
    </div>
  );
}

function Actions({ document, actions }: { document: DocumentDetail; actions: DocumentActions }) {
  const router = useRouter();
  const remove = useRemoval();
  const done = hasOutputs(document.status);
  const leave = () => {
    remove(document);
    router.push('/');
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isUnderWay(document.status) && (
        <Button onClick={actions.cancel}>
          <CircleStop aria-hidden="true" /> Cancel
        </Button>
      )}
      {canRetry(document) && (
        <Button onClick={actions.retry}>
          <RotateCcw aria-hidden="true" /> <RetryWord document={document} />
        </Button>
      )}
      {done && (
        <>
          <Button onClick={actions.copyText}>
            <Copy aria-hidden="true" /> <span className="max-sm:sr-only">Copy text</span>
          </Button>
          <DownloadMenu document={document} actions={actions} />
        </>
      )}
      <IconButton label="Delete" onClick={leave}>
        <Trash2 />
      </IconButton>
    </div>
  );
}

function DownloadMenu({
  document,
  actions,
}: {
  document: DocumentDetail;
  actions: DocumentActions;
}) {
  return (
    <Menu
      trigger={
        <Button variant="primary">
          <Download aria-hidden="true" /> Download <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      {document.outputs.map(({ format, sizeBytes }) => (
        <MenuItem key={format} onClick={() => actions.download(format)}>
          <FormatIcon format={format} /> {OUTPUTS[format].name}
          <span className="ml-auto pl-6 text-xs text-ink-muted">{formatBytes(sizeBytes)}</span>
        </MenuItem>
      ))}
      {document.outputFailures.map(({ format, sentence }) => (
        <MenuItem key={format} disabled onClick={() => undefined}>
          <FormatIcon format={format} />
          <span>
            {OUTPUTS[format].name}
            <span className="block max-w-60 text-xs text-ink-muted">{sentence}</span>
          </span>
        </MenuItem>
      ))}
    </Menu>
  );
}

function showsProgress({ status, pageCount }: DocumentDetail): boolean {
  return pageCount !== null && (isUnderWay(status) || status === 'partial');
}

function RetryWord({ document: { status, pageCount, pagesFailed } }: { document: DocumentDetail }) {
  if (status === 'canceled') return 'Go on';
  if (pageCount === null || pagesFailed === 0) return 'Try again';
  return (
    <span>
      Retry<span className="max-sm:sr-only"> failed pages</span>
    </span>
  );
}
