'use client';

import { ArrowLeft, ArrowRight, Check } from 'lucide-react';
import Link from 'next/link';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { type Segment, segmentsText, type TracedLayout } from '#server/corrections/apply.ts';
import type { Box } from '#server/pages/layout.ts';
import type { Page } from '../data/trpc.ts';
import { useFormat } from '../i18n/use-format.ts';
import { confidenceOf, lineOf } from '../page/segments.ts';
import { Button } from '../ui/button.tsx';
import { Crop } from './crop.tsx';

/** One doubtful word: its picture, its line, and where it is accepted or corrected. */
export function ReviewCard({
  documentId,
  page,
  traced,
  segment,
  onDecide,
  onMove,
  onTyping,
}: {
  documentId: string;
  page: Page;
  traced: TracedLayout;
  segment: Segment;
  onDecide: (text: string) => void;
  onMove: (step: 1 | -1) => void;
  /** Whether there is something typed that is not decided yet. */
  onTyping: (typing: boolean) => void;
}) {
  const t = useTranslations('review');
  const format = useFormat();
  const text = segmentsText([segment]);
  const [typed, setTyped] = useState(text);
  const field = useRef<HTMLInputElement>(null);
  // Before the next key, which is to take the place of the word.
  useLayoutEffect(() => field.current?.select(), []);
  const changed = typed.trim() !== text;
  const type = (value: string) => {
    setTyped(value);
    onTyping(value.trim() !== text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const work = workOf(event.key, changed);
    if (!work) return;
    event.preventDefault();
    if (work === 'decide') onDecide(typed);
    else if (work === 'reset') type(text);
    else onMove(work === 'next' ? 1 : -1);
  };
  return (
    <article aria-label={t('word', { page: page.number, word: text })}>
      <Crop documentId={documentId} page={page} layout={traced.layout} box={boxOf(segment)} />
      <Context traced={traced} segment={segment} />
      <label className="mt-6 block text-[13px] text-ink-muted" htmlFor="reviewed-word">
        {t('confidence', { percent: format.percent(confidenceOf(segment) ?? 0) })}
      </label>
      <div className="mt-1.5 flex flex-wrap items-center gap-2">
        <input
          ref={field}
          id="reviewed-word"
          // biome-ignore lint/a11y/noAutofocus: the whole screen is this one field
          autoFocus
          dir="auto"
          value={typed}
          maxLength={2_000}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          className="h-12 min-w-0 flex-1 basis-48 rounded-xl bg-surface px-4 font-serif text-2xl shadow-[0_0_0_1px_var(--line-strong)]"
          onChange={({ target }) => type(target.value)}
          onKeyDown={onKeyDown}
        />
        <Button variant="primary" className="h-12! px-5!" onClick={() => onDecide(typed)}>
          <Check aria-hidden="true" /> {changed ? t('correct') : t('accept')}
        </Button>
      </div>
      <div className="mt-4 flex items-center gap-2">
        <Button onClick={() => onMove(-1)}>
          <ArrowLeft aria-hidden="true" /> {t('back')}
        </Button>
        <Button onClick={() => onMove(1)}>
          {t('skip')} <ArrowRight aria-hidden="true" />
        </Button>
        <Link
          href={`/documents/${documentId}?page=${page.number}&word=${segment.first}`}
          className="ml-auto rounded-md text-[13px] text-ink-muted underline underline-offset-2 hover:text-ink"
        >
          {t('see', { page: page.number })}
        </Link>
      </div>
    </article>
  );
}

type Work = 'decide' | 'reset' | 'next' | 'previous';

/** Left and right are the caret's once something was typed. */
function workOf(key: string, changed: boolean): Work | undefined {
  if (key === 'Enter') return 'decide';
  if (key === 'Escape') return 'reset';
  if (key === 'ArrowDown' || (key === 'ArrowRight' && !changed)) return 'next';
  if (key === 'ArrowUp' || (key === 'ArrowLeft' && !changed)) return 'previous';
  return undefined;
}

function Context({ traced, segment }: { traced: TracedLayout; segment: Segment }) {
  const segments = lineOf(traced, segment)?.segments ?? [];
  const at = segments.findIndex(({ first }) => first === segment.first);
  return (
    <p dir="auto" className="mt-5 font-serif text-lg leading-relaxed break-words text-ink-muted">
      {segmentsText(segments.slice(0, at))}{' '}
      <mark className="rounded-[3px] bg-warn-soft px-1 text-ink">{segmentsText([segment])}</mark>{' '}
      {segmentsText(segments.slice(at + 1))}
    </p>
  );
}

function boxOf({ words }: Segment): Box {
  const edge = (side: 0 | 1 | 2 | 3) => words.map(({ box }) => box[side]);
  return [Math.min(...edge(0)), Math.min(...edge(1)), Math.max(...edge(2)), Math.max(...edge(3))];
}
