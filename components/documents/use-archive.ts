'use client';

import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { OutputFormat } from '#server/documents/formats.ts';
import { useTRPCClient } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { toast } from '../ui/toast.ts';

/** Milliseconds between looks at how far the outputs are. */
const POLL = 1_000;
/** Where an answer goes that is no download. */
const FRAME = 'fanfold-download';

/** Downloads outputs of several documents as one zip, once all of them are there. */
export function useArchive() {
  const client = useTRPCClient();
  const t = useTranslations('documents.archive');
  const words = useServerWords();
  /** Outputs that are still being made; null while nothing is asked for. */
  const [making, setMaking] = useState<number | null>(null);
  const download = useCallback(
    async (documentIds: string[], formats: OutputFormat[]) => {
      setMaking(0);
      try {
        const prepare = () => client.documents.prepareArchive.mutate({ documentIds, formats });
        let progress = await prepare();
        while (progress.making > 0) {
          setMaking(progress.making);
          await new Promise((resolve) => setTimeout(resolve, POLL));
          progress = await prepare();
        }
        if (progress.ready === 0) {
          toast(t('nothing'), { description: t('nothingWhy') });
          return;
        }
        post({ documentIds: documentIds.join(), formats: formats.join() });
        if (progress.failed > 0) {
          toast(t('missing', { count: progress.failed }), { description: t('missingWhy') });
        }
      } catch (error) {
        toast(t('failed'), { description: words.thrown(error) });
      } finally {
        setMaking(null);
      }
    },
    [client, t, words],
  );
  return { making, download };
}

/** Browsers save what answers a form, however large, without holding it in the page. */
function post(fields: Record<string, string>): void {
  if (!document.querySelector(`iframe[name="${FRAME}"]`)) {
    const frame = Object.assign(document.createElement('iframe'), { name: FRAME, hidden: true });
    document.body.append(frame);
  }
  const form = document.createElement('form');
  Object.assign(form, { method: 'post', action: '/api/archive', target: FRAME, hidden: true });
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  }
  document.body.append(form);
  form.submit();
  form.remove();
}
