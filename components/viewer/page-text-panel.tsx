'use client';

import { Copy, RotateCcw } from 'lucide-react';
import type { Page } from '../data/trpc.ts';
import { countOf } from '../documents/format.ts';
import { copyText } from '../documents/use-actions.ts';
import { Button } from '../ui/button.tsx';
import { PageText } from './page-text.tsx';
import { TextSkeleton } from './text-skeleton.tsx';
import { usePageText } from './use-page-text.ts';
import { WordText } from './word-text.tsx';
import type { TextLine } from './words.ts';

/** What was read on a page, and how well. */
export function PageTextPanel({
  documentId,
  page,
  blocks,
  pointed,
  onPoint,
  onRetry,
}: {
  documentId: string;
  page: Page;
  blocks: TextLine[][] | undefined;
  pointed: number | null;
  onPoint: (word: number | null) => void;
  onRetry: (page: number) => void;
}) {
  const text = usePageText(documentId, page).data?.text;
  return (
    <div className="p-5 sm:p-6">
      <div className="mb-4 flex min-h-8 items-center gap-3">
        <p className="min-w-0 flex-1 text-[13px] text-ink-muted">{summary(page)}</p>
        {text && (
          <Button size="sm" onClick={() => copyText(text, `Page ${page.number}`)}>
            <Copy aria-hidden="true" /> Copy
          </Button>
        )}
        {page.status === 'failed' && (
          <Button size="sm" onClick={() => onRetry(page.number)}>
            <RotateCcw aria-hidden="true" /> Read again
          </Button>
        )}
      </div>
      <Body page={page} text={text} blocks={blocks} pointed={pointed} onPoint={onPoint} />
      <Notes page={page} />
    </div>
  );
}

interface BodyProps {
  page: Page;
  text: string | undefined;
  blocks: TextLine[][] | undefined;
  pointed: number | null;
  onPoint: (word: number | null) => void;
}

function Body({ page, text, blocks, pointed, onPoint }: BodyProps) {
  if (page.status === 'failed') {
    return (
      <p role="alert" className="rounded-lg bg-danger-soft px-4 py-3 text-sm text-danger">
        {page.error?.sentence} <code className="font-mono text-xs">{page.error?.code}</code>
      </p>
    );
  }
  if (page.status === 'canceled')
    return <Quiet>This page was not read: the document was canceled.</Quiet>;
  if (page.status !== 'completed') return <TextSkeleton />;
  if (page.source === 'blank' || text === '') return <Quiet>There is no text on this page.</Quiet>;
  if (text === undefined) return <TextSkeleton words={page.wordCount ?? 0} />;
  if (blocks) return <WordText blocks={blocks} pointed={pointed} onPoint={onPoint} />;
  return <PageText text={text} />;
}

function Quiet({ children }: { children: string }) {
  return <p className="text-sm text-ink-muted italic">{children}</p>;
}

function Notes({ page }: { page: Page }) {
  const notes = [page.reason, ...page.warnings].filter((note) => note !== null && note !== '');
  if (notes.length === 0) return null;
  return (
    <ul className="mt-6 space-y-1 border-t border-line pt-4 text-[13px] text-ink-muted">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function summary(page: Page): string {
  if (page.status === 'processing') return `Being read, ${page.progress}%`;
  if (page.status === 'pending') return 'Waiting to be read';
  if (page.status !== 'completed') return page.status === 'failed' ? 'Not read' : 'Canceled';
  const words = countOf(page.wordCount ?? 0, 'word');
  if (page.source === 'native') return `${words}, taken from the PDF`;
  if (page.confidence === null) return words;
  return `${words}, ${Math.round(page.confidence)}% confidence`;
}
