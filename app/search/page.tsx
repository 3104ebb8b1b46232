import type { Metadata } from 'next';
import { requestTranslator } from '#components/i18n/request.ts';
import { SearchField } from '#components/search/search-field.tsx';
import { SearchScreen } from '#components/search/search-screen.tsx';
import { HeaderLink } from '#components/shell/header-link.tsx';
import { SiteHeader } from '#components/shell/site-header.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslator())('search.title') };
}

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
          <HeaderLink href="/" to="allDocuments" className="hidden shrink-0 sm:block" />
          <SearchField {...(typeof documentId === 'string' && { documentId })} />
        </div>
      </SiteHeader>
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        <SearchScreen />
      </main>
    </div>
  );
}
