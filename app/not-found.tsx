import { SiteHeader } from '#components/shell/site-header.tsx';
import { DocumentError } from '#components/viewer/document-error.tsx';

export default function NotFound() {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader />
      <main id="main" tabIndex={-1} className="flex flex-1 flex-col outline-none">
        <DocumentError />
      </main>
    </div>
  );
}
