import { headers } from 'next/headers';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { ReviewScreen } from '#components/review/review-screen.tsx';
import { SiteHeader } from '#components/shell/site-header.tsx';
import { isMissingDocument } from '#server/web/missing-document.ts';

export default async function ReviewPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!z.uuid().safeParse(id).success || (await isMissingDocument(id, await headers()))) notFound();
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader>
        <Link
          href={`/documents/${id}`}
          className="rounded-md px-1 text-sm text-ink-muted hover:text-ink"
        >
          Back to the document
        </Link>
      </SiteHeader>
      <main id="main" tabIndex={-1} className="flex flex-1 flex-col outline-none">
        <ReviewScreen key={id} documentId={id} />
      </main>
    </div>
  );
}
