'use client';

import dynamic from 'next/dynamic';
import type { RereadingView } from '#server/rereadings/get.ts';
import type { Page } from '../data/trpc.ts';
import { countOf } from '../documents/format.ts';
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
          <p className="flex-1">The page is being read again. What it reads now stays meanwhile.</p>
          <Button size="sm" onClick={() => void actions.drop(rereading.id)}>
            Cancel
          </Button>
        </div>
      )}
      {rereading?.status === 'failed' && (
        <p role="alert" className="mb-6 rounded-xl bg-danger-soft px-4 py-3 text-sm text-danger">
          {rereading.error?.sentence}
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
  return (
    <>
      <dl className="mb-4 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm tabular-nums">
        <dt className="text-ink-muted">Now</dt>
        <dd>{described(page)}</dd>
        <dt className="text-ink-muted">New</dt>
        <dd>{described(rereading)}</dd>
      </dl>
      <div className="mb-6 flex flex-wrap gap-2">
        <Button variant="primary" onClick={onTake}>
          Take the new
        </Button>
        <Button onClick={onDrop}>Keep what is there</Button>
      </div>
      <p className="mb-6 text-[13px] text-ink-muted">
        Corrections are applied to the new where the same words stand; the others are kept for you
        to look at.
      </p>
      <TextDiff before={text} after={rereading.text ?? ''} />
    </>
  );
}

function described({
  wordCount,
  confidence,
}: {
  wordCount: number | null;
  confidence: number | null;
}): string {
  const words = countOf(wordCount ?? 0, 'word');
  return confidence === null ? words : `${words}, ${Math.round(confidence)}% confidence`;
}
