import type { AttemptView } from '#server/pages/attempts.ts';

const seconds = new Intl.NumberFormat('en', {
  style: 'unit',
  unit: 'second',
  unitDisplay: 'short',
  maximumFractionDigits: 2,
});

const OUTCOMES: Record<AttemptView['outcome'], string> = {
  running: 'Running',
  completed: 'Read',
  failed: 'Failed',
  released: 'Given back',
  superseded: 'Taken over',
  canceled: 'Canceled',
};

/** Each try at a page, with what its steps took. */
export function Attempts({ attempts }: { attempts: AttemptView[] }) {
  return (
    <ol className="space-y-3">
      {attempts.map(({ number, outcome, error, startedAt, finishedAt, timings }) => (
        <li key={number} className="rounded-lg bg-sunken px-3 py-2.5">
          <p className="flex justify-between gap-4">
            <span className="font-medium">
              {number}. {OUTCOMES[outcome]}
            </span>
            {finishedAt && (
              <span className="text-ink-muted tabular-nums">{took(startedAt, finishedAt)}</span>
            )}
          </p>
          {error && (
            <p className="mt-1 text-danger">
              {error.sentence} <code className="font-mono text-xs">{error.code}</code>
            </p>
          )}
          <Timings timings={timings} />
        </li>
      ))}
    </ol>
  );
}

function Timings({ timings }: { timings: Record<string, number> }) {
  const steps = Object.entries(timings);
  if (steps.length === 0) return null;
  return (
    <dl className="mt-1.5 flex flex-wrap gap-x-4 text-[13px] text-ink-muted tabular-nums">
      {steps.map(([step, milliseconds]) => (
        <div key={step} className="flex gap-1.5">
          <dt>{step}</dt>
          <dd className="text-ink">{seconds.format(milliseconds / 1_000)}</dd>
        </div>
      ))}
    </dl>
  );
}

function took(from: string, to: string): string {
  return seconds.format((Date.parse(to) - Date.parse(from)) / 1_000);
}
