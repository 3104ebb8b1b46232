'use client';

import { useTranslations } from 'use-intl/react';
import type { AttemptView } from '#server/pages/attempts.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { useFormat } from '../i18n/use-format.ts';

/** Each try at a page, with what its steps took. */
export function Attempts({ attempts }: { attempts: AttemptView[] }) {
  const t = useTranslations('page.details.outcomes');
  const format = useFormat();
  const words = useServerWords();
  return (
    <ol className="space-y-3">
      {attempts.map(({ number, outcome, error, startedAt, finishedAt, timings }) => (
        <li key={number} className="rounded-lg bg-sunken px-3 py-2.5">
          <p className="flex justify-between gap-4">
            <span className="font-medium">
              {number}. {t(outcome)}
            </span>
            {finishedAt && (
              <span className="text-ink-muted tabular-nums">
                {format.seconds(Date.parse(finishedAt) - Date.parse(startedAt))}
              </span>
            )}
          </p>
          {error && (
            <p className="mt-1 text-danger">
              {words.failure(error)} <code className="font-mono text-xs">{error.code}</code>
            </p>
          )}
          <Timings timings={timings} />
        </li>
      ))}
    </ol>
  );
}

function Timings({ timings }: { timings: Record<string, number> }) {
  const t = useTranslations('page.details.steps');
  const format = useFormat();
  const steps = Object.entries(timings).toSorted(([a], [b]) => placeOf(a) - placeOf(b));
  if (steps.length === 0) return null;
  return (
    <dl className="mt-1.5 flex flex-wrap gap-x-4 text-[13px] text-ink-muted tabular-nums">
      {steps.map(([step, milliseconds]) => (
        <div key={step} className="flex gap-1.5">
          <dt>{isKnown(step) ? t(step) : step}</dt>
          <dd className="text-ink">{format.seconds(milliseconds)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** In the order in which they are taken; the database keeps none. */
const STEPS = ['prepare', 'preview', 'recall', 'recognize', 'refine'] as const;

function placeOf(step: string): number {
  return (STEPS as readonly string[]).indexOf(step);
}

function isKnown(step: string): step is (typeof STEPS)[number] {
  return STEPS.some((known) => known === step);
}
