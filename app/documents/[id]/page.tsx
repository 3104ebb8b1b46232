import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { SearchField } from '#components/search/search-field.tsx';
import { HeaderLink } from '#components/shell/header-link.tsx';
import { SiteHeader } from '#components/shell/site-header.tsx';
import { DocumentScreen } from '#components/viewer/document-screen.tsx';
import { isMissingDocument } from '#server/web/missing-document.ts';

export default async function DocumentPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!z.uuid().safeParse(id).success || (await isMissingDocument(id, await headers()))) notFound();
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader>
        <div className="flex items-center gap-4">
          <HeaderLink href="/" to="allDocuments" className="hidden shrink-0 sm:block" />
          <SearchField documentId={id} />
        </div>
      </SiteHeader>
      <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
        <DocumentScreen key={id} documentId={id} />
      </main>
    </div>
  );
}
