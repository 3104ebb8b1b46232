import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { ReviewScreen } from '#components/review/review-screen.tsx';
import { HeaderLink } from '#components/shell/header-link.tsx';
import { SiteHeader } from '#components/shell/site-header.tsx';
import { isMissingDocument } from '#server/web/missing-document.ts';

export default async function ReviewPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!z.uuid().safeParse(id).success || (await isMissingDocument(id, await headers()))) notFound();
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader>
        <HeaderLink href={`/documents/${id}`} to="backToDocument" />
      </SiteHeader>
      <main id="main" tabIndex={-1} className="flex flex-1 flex-col outline-none">
        <ReviewScreen key={id} documentId={id} />
      </main>
    </div>
  );
}
