'use client';

import { useTranslations } from 'use-intl/react';
import { Message } from '#components/shell/message.tsx';
import { Button } from '#components/ui/button.tsx';

export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('shell.error');
  return (
    <main id="main" className="flex min-h-dvh flex-col">
      <Message title={t('title')} text={t('text')}>
        <Button variant="primary" onClick={retry}>
          {t('retry')}
        </Button>
      </Message>
    </main>
  );
}
