'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { carriesFiles, filesOf } from './files.ts';

/** Takes files that are dropped or pasted anywhere; true while files are dragged over the window. */
export function useWindowDrop(onFiles: (files: File[]) => void): boolean {
  const t = useTranslations('upload');
  const [dragging, setDragging] = useState(false);
  const take = useEffectEvent((data: DataTransfer | null) => {
    const files = filesOf(data, (time) => t('pasted', { time }));
    if (files.length > 0) onFiles(files);
    return files.length > 0;
  });

  useEffect(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    // dragenter of a child comes before dragleave of its parent: count, and stop at zero.
    let depth = 0;
    const end = () => {
      depth = 0;
      setDragging(false);
    };
    const on = <K extends keyof WindowEventMap>(type: K, act: (event: WindowEventMap[K]) => void) =>
      window.addEventListener(type, act, { signal });

    on('dragenter', (event) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      depth += 1;
      setDragging(true);
    });
    on('dragleave', (event) => {
      if (!carriesFiles(event.dataTransfer)) return;
      depth -= 1;
      if (depth <= 0 || event.relatedTarget === null) end();
    });
    on('dragover', (event) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    });
    on('drop', (event) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      end();
      take(event.dataTransfer);
    });
    on('paste', (event) => {
      if (take(event.clipboardData)) event.preventDefault();
    });
    on('blur', end);
    return () => listeners.abort();
  }, []);
  return dragging;
}
