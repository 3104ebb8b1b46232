'use client';

import { Undo2 } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import type { CorrectionView } from '#server/corrections/view.ts';
import { useNow } from '../data/use-now.ts';
import { useFormat } from '../i18n/use-format.ts';
import { Button } from '../ui/button.tsx';

/** Milliseconds. */
const TICK = 60_000;

/** Every correction of a page, the latest first; those that found no place stand before them. */
export function PageHistory({
  corrections,
  unplaced,
  onUndo,
  onChoose,
}: {
  corrections: CorrectionView[];
  /** Ids of those whose words are no longer on the page. */
  unplaced: string[];
  onUndo: (id: string) => void;
  onChoose: (word: number) => void;
}) {
  const t = useTranslations('page.corrections');
  const common = useTranslations('common');
  if (corrections.length === 0) return <p className="text-sm text-ink-muted italic">{t('none')}</p>;
  const lost = corrections.filter(({ id }) => unplaced.includes(id));
  const others = corrections.filter(({ id }) => !unplaced.includes(id)).toReversed();
  return (
    <>
      {lost.length > 0 && (
        <section className="mb-6 rounded-xl bg-warn-soft p-4">
          <h3 className="text-sm font-medium">{t('lost')}</h3>
          <p className="mt-1 mb-2 text-[13px] text-ink-muted">{t('lostWhy')}</p>
          <List corrections={lost} action={t('dismiss')} onUndo={onUndo} />
        </section>
      )}
      <List corrections={others} action={common('undo')} onUndo={onUndo} onChoose={onChoose} />
    </>
  );
}

function List({
  corrections,
  action,
  onUndo,
  onChoose,
}: {
  corrections: CorrectionView[];
  action: string;
  onUndo: (id: string) => void;
  onChoose?: (word: number) => void;
}) {
  const t = useTranslations('page.corrections');
  const format = useFormat();
  const now = useNow(TICK);
  return (
    <ul className="divide-y divide-line">
      {corrections.map((one) => (
        <li key={one.id} className="flex min-h-12 items-center gap-3 py-2 text-sm">
          <div className="min-w-0 flex-1">
            <Change correction={one} onChoose={onChoose} />
            <p className="text-xs text-ink-muted">
              <time dateTime={one.createdAt}>{format.age(one.createdAt, now)}</time>
            </p>
          </div>
          {one.state === 'active' ? (
            <Button
              size="sm"
              aria-label={t('action', { action, word: one.newText })}
              onClick={() => onUndo(one.id)}
            >
              <Undo2 aria-hidden="true" /> {action}
            </Button>
          ) : (
            <span className="text-xs text-ink-muted">{t(one.state)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Change({
  correction: { oldText, newText, firstWord, state },
  onChoose,
}: {
  correction: CorrectionView;
  onChoose: ((word: number) => void) | undefined;
}) {
  const body =
    oldText === newText ? (
      <bdi>{newText}</bdi>
    ) : (
      <>
        <del className="text-ink-muted decoration-danger">
          <bdi>{oldText}</bdi>
        </del>{' '}
        <ins className="no-underline">
          <bdi>{newText}</bdi>
        </ins>
      </>
    );
  const style = 'block max-w-full truncate text-left font-serif text-[16px]';
  if (!onChoose || state !== 'active') return <p className={style}>{body}</p>;
  return (
    <button
      type="button"
      className={`${style} hover:underline`}
      onClick={() => onChoose(firstWord)}
    >
      {body}
    </button>
  );
}
