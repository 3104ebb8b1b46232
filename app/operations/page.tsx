import type { Metadata } from 'next';
import Link from 'next/link';
import { OperationsScreen } from '#components/operations/operations-screen.tsx';
import { SiteHeader } from '#components/shell/site-header.tsx';

export const metadata: Metadata = { title: 'Operations' };

export default function OperationsPage() {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader>
        <Link href="/" className="rounded-md px-1 text-sm text-ink-muted hover:text-ink">
          All documents
        </Link>
      </SiteHeader>
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        <OperationsScreen />
      </main>
    </div>
  );
}
