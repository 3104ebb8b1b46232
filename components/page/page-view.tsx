'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Page } from '../data/trpc.ts';
import { DoubtControl } from './doubt-control.tsx';
import { HelpSheet } from './help-sheet.tsx';
import { PagePanel } from './page-panel.tsx';
import { PageToolbar } from './page-toolbar.tsx';
import { histogramOf, segmentsOf } from './segments.ts';
import { Stage } from './stage.tsx';
import { useHotkeys } from './use-hotkeys.ts';
import { useTracedPage } from './use-page-data.ts';
import { useThreshold } from './use-threshold.ts';
import { useWord } from './use-word.ts';
import { useWordActions } from './use-word-actions.ts';
import { EditorContext } from './word-editors.tsx';

export interface PageViewProps {
  documentId: string;
  page: Page;
  /** Pages of the file. */
  total: number;
  previous: number | undefined;
  next: number | undefined;
  onSelect: (page: number | null) => void;
  onRetry: (page: number) => void;
}

/** One page: its picture and, beside or below it, its text; a word pointed at in one lights in both. */
export function PageView(props: PageViewProps) {
  const { documentId, page } = props;
  const t = useTranslations('common');
  const traced = useTracedPage(documentId, page);
  const [threshold, setThreshold] = useThreshold();
  const word = useWord(page.number);
  const actions = useWordActions(documentId, page, traced, threshold, word);
  const [help, setHelp] = useState(false);
  useHotkeys({ '?': () => setHelp(true) });
  const segments = traced ? segmentsOf(traced) : [];
  return (
    <section
      aria-label={t('page', { page: page.number })}
      data-open-page
      className="flex h-full min-h-0 flex-col"
    >
      <PageToolbar {...props} onHelp={() => setHelp(true)}>
        <DoubtControl
          histogram={histogramOf(segments)}
          doubtful={actions.doubtful}
          threshold={threshold}
          onThreshold={setThreshold}
          onNext={() => actions.goOn(1)}
        />
      </PageToolbar>
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_minmax(0,1fr)] lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)] lg:grid-rows-1">
        <Stage
          key={page.number}
          documentId={documentId}
          page={page}
          traced={traced}
          threshold={threshold}
          word={word}
        />
        <EditorContext value={actions.editor}>
          <PagePanel
            {...props}
            traced={traced}
            threshold={threshold}
            word={word}
            actions={actions}
          />
        </EditorContext>
      </div>
      <HelpSheet open={help} onClose={() => setHelp(false)} />
    </section>
  );
}
