'use client';

import { DocumentError } from '../viewer/document-error.tsx';
import { SiteHeader } from './site-header.tsx';

export function NotFoundScreen() {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader />
      <main id="main" tabIndex={-1} className="flex flex-1 flex-col outline-none">
        <DocumentError />
      </main>
    </div>
  );
}
