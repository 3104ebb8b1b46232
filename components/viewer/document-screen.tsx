'use client';

import { isNotFound } from '../data/api-error.ts';
import { useDocument, usePages } from '../data/use-documents.ts';
import { useFailure } from '../data/use-failure.ts';
import { useDocumentActions } from '../documents/use-actions.ts';
import { Announcer } from './announcer.tsx';
import { DocumentBody } from './document-body.tsx';
import { DocumentError } from './document-error.tsx';
import { DocumentHeader } from './document-header.tsx';
import { DocumentNotice } from './document-notice.tsx';
import { DocumentSkeleton } from './document-skeleton.tsx';
import { useDocumentTitle } from './use-document-title.ts';

/** One document, live. */
export function DocumentScreen({ documentId }: { documentId: string }) {
  const document = useDocument(documentId);
  const pages = usePages(documentId);
  const actions = useDocumentActions(documentId);
  useDocumentTitle(document.data);
  const failure = useFailure(document);

  if (isNotFound(document.error)) return <DocumentError />;
  if (failure) {
    const retry = () => {
      void document.refetch();
      void pages.refetch();
    };
    return <DocumentError error={failure} retry={retry} />;
  }
  if (!document.data) return <DocumentSkeleton />;
  const known = pages.data ?? [];
  const counted = document.data.pageCount !== null && !document.data.removed.pages;
  return (
    <div className="group/document flex min-h-0 flex-1 flex-col">
      <DocumentHeader document={document.data} pages={known} actions={actions} />
      <Announcer document={document.data} />
      {counted ? (
        <DocumentBody document={document.data} pages={known} actions={actions} />
      ) : (
        <div className="min-h-0 flex-1">
          <DocumentNotice document={document.data} actions={actions} />
        </div>
      )}
    </div>
  );
}
