'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { DocumentDetail } from '../data/trpc.ts';
import { isUnderWay, stateLook } from '../documents/states.ts';
import { useProgressText } from '../documents/use-progress-text.ts';

/** Milliseconds between two announcements of progress. */
const INTERVAL = 15_000;

/** Tells screen readers how the document stands: each new state, and progress now and then. */
export function Announcer({ document }: { document: DocumentDetail }) {
  const t = useTranslations('documents.states');
  const progress = useProgressText();
  const [message, setMessage] = useState('');
  const { status } = document;
  const say = useEffectEvent(() => {
    const pages = document.pageCount === null ? '' : `, ${progress.full(document)}`;
    setMessage(`${t(stateLook(document).name)}${pages}`);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of state is told at once
  useEffect(() => {
    say();
  }, [status]);
  useEffect(() => {
    if (!isUnderWay(status)) return;
    const timer = setInterval(say, INTERVAL);
    return () => clearInterval(timer);
  }, [status]);
  return (
    <p role="status" className="sr-only">
      {message}
    </p>
  );
}
