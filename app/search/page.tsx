import type { Metadata } from 'next';
import Link from 'next/link';
import { SearchField } from '#components/search/search-field.tsx';
import { SearchScreen } from '#components/search/search-screen.tsx';
import { SiteHeader } from '#components/shell/site-header.tsx';

export const metadata: Metadata = { title: 'Search' };

export default async function SearchPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { in: documentId } = await searchParams;
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader>
        <div className="flex items-center gap-4">
          <Link
            href="/"
            className="hidden shrink-0 rounded-md px-1 text-sm text-ink-muted hover:text-ink sm:block"
          >
            All documents
          </Link>
          <SearchField {...(typeof documentId === 'string' && { documentId })} />
        </div>
      </SiteHeader>
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        <SearchScreen />
      </main>
    </div>
  );
}
