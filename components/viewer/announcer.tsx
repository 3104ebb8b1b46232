'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import type { DocumentDetail } from '../data/trpc.ts';
import { progressText } from '../documents/page-progress.tsx';
import { isUnderWay, stateLook } from '../documents/states.ts';

/** Milliseconds between two announcements of progress. */
const INTERVAL = 15_000;

/** Tells screen readers how the document stands: each new state, and progress now and then. */
export function Announcer({ document }: { document: DocumentDetail }) {
  const [message, setMessage] = useState('');
  const { status } = document;
  const say = useEffectEvent(() => {
    const pages = document.pageCount === null ? '' : `, ${progressText(document)}`;
    setMessage(`${stateLook(document).word}${pages}`);
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
