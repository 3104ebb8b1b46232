import type { Metadata } from 'next';
import { requestTranslator } from '#components/i18n/request.ts';
import { OperationsScreen } from '#components/operations/operations-screen.tsx';
import { HeaderLink } from '#components/shell/header-link.tsx';
import { SiteHeader } from '#components/shell/site-header.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslator())('operations.title') };
}

export default function OperationsPage() {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader>
        <HeaderLink href="/" to="allDocuments" />
      </SiteHeader>
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        <OperationsScreen />
      </main>
    </div>
  );
}
