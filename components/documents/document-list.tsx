'use client';

import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { DocumentSummary } from '../data/trpc.ts';
import { useNow } from '../data/use-now.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { UploadRow } from '../upload/upload-row.tsx';
import type { Upload } from '../upload/upload-store.ts';
import { DocumentRow, ROW_GRID } from './document-row.tsx';
import { useSelection } from './use-selection.ts';

const SelectionBar = dynamic(
  () => import('./selection-bar.tsx').then((loaded) => loaded.SelectionBar),
  { ssr: false },
);

/** Milliseconds between renewals of the shown ages. */
const AGE_INTERVAL = 30_000;
const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e'];
const FRAME = 'divide-y divide-line overflow-hidden rounded-2xl bg-surface shadow-paper';

interface More {
  hasMore: boolean;
  loading: boolean;
  load: () => void;
}

/** Running uploads, then documents, newest first. */
export function DocumentList({
  uploads,
  documents,
  more,
}: {
  uploads: readonly Upload[];
  documents: DocumentSummary[];
  more: More;
}) {
  const t = useTranslations('common');
  const list = useTranslations('documents.selection');
  const now = useNow(AGE_INTERVAL);
  const ids = useMemo(() => documents.map(({ id }) => id), [documents]);
  const selection = useSelection(ids);
  return (
    <>
      <ul className={FRAME} aria-label={t('documents')}>
        {uploads.map((upload) => (
          <UploadRow key={upload.id} upload={upload} />
        ))}
        {documents.map((document) => (
          <DocumentRow
            key={document.id}
            document={document}
            now={now}
            selected={selection.has(document.id)}
            selecting={selection.ids.length > 0}
            onSelect={selection.toggle}
          />
        ))}
      </ul>
      {more.hasMore && (
        <div className="mt-5 flex justify-center">
          <Button onClick={more.load} disabled={more.loading} focusableWhenDisabled>
            {more.loading ? t('loading') : t('loadMore')}
          </Button>
        </div>
      )}
      <p role="status" className="sr-only">
        {selection.ids.length > 0 && list('count', { count: selection.ids.length })}
      </p>
      {selection.ids.length > 0 && (
        <SelectionBar
          selection={selection}
          documents={documents.filter(({ id }) => selection.has(id))}
          shown={ids.length}
        />
      )}
    </>
  );
}

export function DocumentListSkeleton() {
  const t = useTranslations('documents');
  return (
    <div role="status">
      <span className="sr-only">{t('loading')}</span>
      <div className={FRAME} aria-hidden="true">
        {SKELETON_ROWS.map((row) => (
          <div key={row} className={ROW_GRID}>
            <Skeleton className="h-11 w-9 rounded-[3px]" />
            <div className="space-y-2">
              <Skeleton className="h-4 w-56 max-w-full" />
              <Skeleton className="h-3 w-24" />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
