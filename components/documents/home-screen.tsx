'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { DocumentSummary } from '../data/trpc.ts';
import { useDocumentList } from '../data/use-documents.ts';
import { useFailure } from '../data/use-failure.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { Button } from '../ui/button.tsx';
import { useUploadList } from '../upload/upload-provider.tsx';
import { DocumentList, DocumentListSkeleton } from './document-list.tsx';
import { DropBar } from './drop-bar.tsx';
import { FirstDrop } from './first-drop.tsx';
import { useHiddenDocuments } from './use-removal.ts';

/** The invitation to drop something, and what was dropped before; `empty` tells of it until it is loaded. */
export function HomeScreen({ empty }: { empty: boolean }) {
  const list = useDocumentList();
  const uploads = useUploadList();
  const documents = useShownDocuments(list.data?.pages);
  const failure = useFailure(list);

  if (failure && uploads.length === 0) {
    return (
      <Frame>
        <ListError error={failure} retry={() => list.refetch()} />
      </Frame>
    );
  }
  if (list.isPending && uploads.length === 0) {
    if (empty) return <FirstDrop />;
    return (
      <Frame>
        <DocumentListSkeleton />
      </Frame>
    );
  }
  if (documents.length === 0 && uploads.length === 0) return <FirstDrop />;
  return (
    <Frame>
      <DocumentList
        uploads={uploads}
        documents={documents}
        more={{
          hasMore: list.hasNextPage,
          loading: list.isFetchingNextPage,
          load: () => list.fetchNextPage(),
        }}
      />
    </Frame>
  );
}

function Frame({ children }: { children: React.ReactNode }) {
  const t = useTranslations('common');
  return (
    <div className="mx-auto w-full max-w-5xl px-4 pt-8 pb-16 sm:px-6">
      <h1 className="sr-only">{t('documents')}</h1>
      <DropBar />
      <div className="mt-6">{children}</div>
    </div>
  );
}

function ListError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('documents');
  const common = useTranslations('common');
  const words = useServerWords();
  return (
    <div role="alert" className="rounded-2xl bg-surface px-6 py-12 text-center shadow-paper">
      <p className="font-medium">{t('failed')}</p>
      <p className="mt-1 text-sm text-ink-muted">{words.thrown(error)}</p>
      <Button className="mt-4" onClick={retry}>
        {common('tryAgain')}
      </Button>
    </div>
  );
}

/** Without those that are being deleted, or uploaded from this very tab. */
function useShownDocuments(
  pages: { documents: Parameters<typeof DocumentList>[0]['documents'] }[] | undefined,
) {
  const hidden = useHiddenDocuments();
  const uploads = useUploadList();
  return useMemo(() => {
    const uploading = new Set(uploads.map((upload) => upload.documentId));
    const all = pages?.flatMap((page) => page.documents) ?? [];
    return all.filter(
      (document) =>
        !hidden.has(document.id) && !uploading.has(document.id) && !isAnnounced(document, uploads),
    );
  }, [pages, hidden, uploads]);
}

/** Whether it is what an upload of this tab announces: word of it may come before the answer. */
function isAnnounced(
  { status, fileName, sizeBytes }: DocumentSummary,
  uploads: ReturnType<typeof useUploadList>,
): boolean {
  if (status !== 'awaiting_upload') return false;
  return uploads.some(
    ({ documentId, file }) =>
      documentId === null && file.name === fileName && file.size === sizeBytes,
  );
}
