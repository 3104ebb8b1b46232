'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl/react';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { Message } from '../shell/message.tsx';
import { Button, buttonLook } from '../ui/button.tsx';

/** Where a document cannot be shown: there is none, or the server did not answer. */
export function DocumentError({ error, retry }: { error?: unknown; retry?: () => void }) {
  const t = useTranslations('viewer');
  const common = useTranslations('common');
  const words = useServerWords();
  if (!retry) {
    return (
      <Message title={t('missing.title')} text={t('missing.text')}>
        <Link href="/" className={buttonLook({})}>
          {common('allDocuments')}
        </Link>
      </Message>
    );
  }
  return (
    <Message title={t('failed')} text={words.thrown(error)}>
      <Button onClick={retry}>{common('tryAgain')}</Button>
    </Message>
  );
}
