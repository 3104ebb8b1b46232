'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { buttonLook } from '../ui/button.tsx';
import { DocumentError } from '../viewer/document-error.tsx';
import { Message } from './message.tsx';
import { SiteHeader } from './site-header.tsx';

export function NotFoundScreen() {
  const ofDocument = usePathname().startsWith('/documents/');
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader />
      <main id="main" tabIndex={-1} className="flex flex-1 flex-col outline-none">
        {ofDocument ? <DocumentError /> : <Nowhere />}
      </main>
    </div>
  );
}

function Nowhere() {
  const t = useTranslations('shell.nowhere');
  const common = useTranslations('common');
  return (
    <Message title={t('title')} text={t('text')}>
      <Link href="/" className={buttonLook({})}>
        {common('allDocuments')}
      </Link>
    </Message>
  );
}
