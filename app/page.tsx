import { HomeScreen } from '#components/documents/home-screen.tsx';
import { SearchField } from '#components/search/search-field.tsx';
import { SiteHeader } from '#components/shell/site-header.tsx';

export default function HomePage() {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader>
        <SearchField />
      </SiteHeader>
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        <HomeScreen />
      </main>
    </div>
  );
}
