import { headers } from 'next/headers';
import { HomeScreen } from '#components/documents/home-screen.tsx';
import { SearchField } from '#components/search/search-field.tsx';
import { SiteHeader } from '#components/shell/site-header.tsx';
import { hasDocuments } from '#server/web/has-documents.ts';

export default async function HomePage() {
  const some = await hasDocuments(await headers());
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader>
        <SearchField />
      </SiteHeader>
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        <HomeScreen empty={!some} />
      </main>
    </div>
  );
}
