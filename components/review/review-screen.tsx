'use client';

import { CircleCheckBig, RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl/react';
import { nameOf } from '../documents/name.ts';
import { useFormat } from '../i18n/use-format.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { NativeSelect } from '../ui/native-select.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ReviewCard } from './review-card.tsx';
import { useReview } from './use-review.ts';

/** Walks through the doubtful words of a document, by keyboard alone if one likes. */
export function ReviewScreen({ documentId }: { documentId: string }) {
  const review = useReview(documentId);
  const { document, page, traced, current, left, total } = review;
  return (
    <div className="mx-auto w-full max-w-2xl px-4 py-8 sm:px-6">
      <h1 className="truncate font-serif text-2xl font-medium tracking-tight">
        <bdi dir="auto">{document ? nameOf(document) : ' '}</bdi>
      </h1>
      <Progress left={left} total={total} />
      <Threshold value={review.threshold} onChange={review.setThreshold} />
      {!review.ready && <Skeleton className="mt-6 h-44 rounded-2xl!" />}
      {review.ready && page && traced && current ? (
        <div className="mt-6">
          <ReviewCard
            key={`${page.number}.${current.first}`}
            documentId={documentId}
            page={page}
            traced={traced}
            segment={current}
            onDecide={(text) => void review.decide(current, text)}
            onMove={review.move}
            onTyping={(typing) => review.hold(typing ? current : null)}
          />
          <Keys />
        </div>
      ) : (
        review.ready && <End documentId={documentId} review={review} />
      )}
    </div>
  );
}

function Progress({ left, total }: { left: number | undefined; total: number }) {
  const t = useTranslations('review');
  const done = total - (left ?? total);
  const share = left === 0 ? 100 : (100 * done) / Math.max(1, total);
  return (
    <div className="mt-3">
      <div
        role="progressbar"
        aria-label={t('progress')}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width] duration-300"
          style={{ width: `${share}%` }}
        />
      </div>
      <p role="status" className="mt-2 min-h-5 text-[13px] text-ink-muted tabular-nums">
        {left ? t('left', { count: left }) : null}
      </p>
    </div>
  );
}

const THRESHOLDS = [50, 60, 70, 75, 80, 85, 90, 95];

function Threshold({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const t = useTranslations('common');
  const format = useFormat();
  const choices = [...new Set([...THRESHOLDS, value])].sort((a, b) => a - b);
  return (
    <div className="mt-2 flex items-center gap-2 text-[13px] text-ink-muted">
      <label htmlFor="doubtful-below">{t('doubtfulBelow')}</label>
      <NativeSelect
        id="doubtful-below"
        value={value}
        onChange={({ target }) => onChange(Number(target.value))}
        className="h-8!"
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {format.percent(choice)}
          </option>
        ))}
      </NativeSelect>
    </div>
  );
}

function Keys() {
  const t = useTranslations('review');
  return <p className="mt-8 text-[13px] text-ink-muted max-sm:hidden">{t('keys')}</p>;
}

function End({ documentId, review }: { documentId: string; review: ReturnType<typeof useReview> }) {
  const t = useTranslations('review');
  const common = useTranslations('common');
  const format = useFormat();
  const { left = 0, total, threshold, restart } = review;
  const state = total === 0 ? 'none' : left === 0 ? 'done' : 'end';
  return (
    <div className="mt-16 text-center">
      <CircleCheckBig className="mx-auto size-9 text-accent" aria-hidden="true" />
      <h2 className="mt-4 font-serif text-xl font-medium">{t(`${state}.title`)}</h2>
      <p className="mt-1 mb-6 text-ink-muted">
        {t(`${state}.text`, { count: left, percent: format.percent(threshold) })}
      </p>
      <div className="flex justify-center gap-2">
        {left > 0 && (
          <Button onClick={restart}>
            <RotateCcw aria-hidden="true" /> {t('restart')}
          </Button>
        )}
        <Link href={`/documents/${documentId}`} className={buttonLook({ variant: 'primary' })}>
          {common('backToDocument')}
        </Link>
      </div>
    </div>
  );
}
