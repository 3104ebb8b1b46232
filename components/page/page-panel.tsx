'use client';

import { Tabs } from '@base-ui/react/tabs';
import { Copy, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { TracedLayout } from '#server/corrections/apply.ts';
import { useCopyText } from '../documents/use-copy-text.ts';
import { useFormat } from '../i18n/use-format.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { usePageText } from '../viewer/use-page-text.ts';
import { PageBody } from './page-body.tsx';
import { PageDetails } from './page-details.tsx';
import { PageHistory } from './page-history.tsx';
import { PageReread } from './page-reread.tsx';
import type { PageViewProps } from './page-view.tsx';
import { useCorrections } from './use-page-data.ts';
import type { WordChoice } from './use-word.ts';
import type { WordActions } from './use-word-actions.ts';
import { WordBar } from './word-bar.tsx';

const TAB =
  'h-8 shrink-0 rounded-md px-2.5 text-[13px] whitespace-nowrap font-medium text-ink-muted hover:text-ink data-active:bg-ink/6 data-active:text-ink';

export interface PagePanelProps extends PageViewProps {
  traced: TracedLayout | undefined;
  threshold: number;
  word: WordChoice;
  actions: WordActions;
}

/** What was read on a page, how it came to it, and what people have corrected. */
export function PagePanel(props: PagePanelProps) {
  const { documentId, page, traced, word, actions } = props;
  const t = useTranslations('page');
  const common = useTranslations('common');
  const copy = useCopyText();
  const summary = useSummary();
  const corrections = useCorrections(documentId, page);
  const text = usePageText(documentId, page).data?.text;
  return (
    <div className="flex min-h-0 flex-col max-lg:border-t lg:border-l border-line">
      <Tabs.Root defaultValue="text" className="flex min-h-0 flex-1 flex-col">
        <div className="flex h-12 shrink-0 items-center gap-2 px-4">
          <Tabs.List
            className="flex min-w-0 flex-1 gap-1 overflow-x-auto p-0.5"
            aria-label={t('tabs.label')}
          >
            <Tabs.Tab value="text" className={TAB}>
              {common('text')}
            </Tabs.Tab>
            <Tabs.Tab value="details" className={TAB}>
              {t('tabs.details')}
            </Tabs.Tab>
            <Tabs.Tab value="history" className={TAB}>
              {t('tabs.corrections')}
              {corrections && corrections.length > 0 && (
                <span className="ml-1.5 tabular-nums">{corrections.length}</span>
              )}
            </Tabs.Tab>
            {page.status === 'completed' && (
              <Tabs.Tab value="reread" className={TAB}>
                {common('readAgain')}
              </Tabs.Tab>
            )}
          </Tabs.List>
          {text && (
            <IconButton label={t('copy')} onClick={() => copy.page(text, page.number)}>
              <Copy />
            </IconButton>
          )}
          {page.status === 'failed' && (
            <Button size="sm" onClick={() => props.onRetry(page.number)}>
              <RotateCcw aria-hidden="true" /> {common('readAgain')}
            </Button>
          )}
        </div>
        <Panel value="text">
          <p className="mb-4 text-[13px] text-ink-muted">{summary(props.page)}</p>
          <PageBody {...props} text={text} />
        </Panel>
        <Panel value="details">
          <PageDetails documentId={documentId} page={page} layout={traced?.layout} />
        </Panel>
        <Panel value="history">
          <PageHistory
            corrections={corrections ?? []}
            unplaced={traced?.unplaced ?? []}
            onUndo={(id) => void actions.undo(id)}
            onChoose={(first) => word.choose(first)}
          />
        </Panel>
        <Panel value="reread">
          <PageReread
            documentId={documentId}
            page={page}
            text={text}
            corrected={corrections?.some(({ state }) => state === 'active') ?? false}
          />
        </Panel>
      </Tabs.Root>
      <WordBar
        segment={actions.chosen}
        onEdit={() => actions.edit('word')}
        onAccept={actions.accept}
        onClose={() => word.choose(null)}
      />
    </div>
  );
}

function Panel({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Tabs.Panel
      value={value}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pb-6 outline-offset-[-2px] sm:px-6"
    >
      {children}
    </Tabs.Panel>
  );
}

function useSummary(): (page: PageViewProps['page']) => string {
  const t = useTranslations('page.summary');
  const common = useTranslations('common');
  const format = useFormat();
  return ({ status, progress, wordCount, source, confidence }) => {
    if (status === 'processing') return t('processing', { percent: format.percent(progress) });
    if (status !== 'completed') return t(status);
    const words = common('wordCount', { count: wordCount ?? 0 });
    if (source === 'native') return t('native', { words });
    if (confidence === null) return words;
    return t('read', { words, percent: format.percent(confidence) });
  };
}
