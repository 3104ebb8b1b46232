'use client';

import { type ComponentProps, useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { Select } from '../ui/select.tsx';
import { TextField } from '../ui/text-field.tsx';
import { isBetween } from './is-between.ts';
import { Labelled } from './labelled.tsx';
import type { TermChoices } from './terms.ts';

const STARTS: TermChoices['start'][] = ['now', 'later', 'hours'];
const DAYS = { least: 0, most: 36_500 };

/** When the next documents start, and how long they are kept. */
export function TermFields({
  choices,
  choose,
}: {
  choices: TermChoices;
  choose: (change: Partial<TermChoices>) => void;
}) {
  const t = useTranslations('upload.options');
  return (
    <div className="grid grid-cols-2 gap-3 border-t border-line pt-3.5">
      <Labelled label={t('start')}>
        {(label) => (
          <Select
            label={label}
            value={choices.start}
            options={STARTS.map((value) => ({ value, label: t(`starts.${value}`) }))}
            onChange={(start) => choose({ start })}
          />
        )}
      </Labelled>
      <TextField
        label={t('keepDays')}
        value={choices.keepDays}
        placeholder={t('keepAsUsual')}
        error={isBetween(choices.keepDays, DAYS) ? undefined : t('between', DAYS)}
        numeric
        onChange={(keepDays) => choose({ keepDays })}
      />
      {choices.start === 'later' && (
        <div className="col-span-2">
          <Moment
            type="datetime-local"
            label={t('startAfter')}
            value={choices.startAfter}
            onChange={({ target }) => choose({ startAfter: target.value })}
          />
        </div>
      )}
      {choices.start === 'hours' && (
        <>
          <Moment
            type="time"
            label={t('from')}
            value={choices.from}
            required
            onChange={({ target }) => target.value && choose({ from: target.value })}
          />
          <Moment
            type="time"
            label={t('to')}
            value={choices.to}
            required
            onChange={({ target }) => target.value && choose({ to: target.value })}
          />
        </>
      )}
    </div>
  );
}

function Moment({ label, ...props }: ComponentProps<'input'> & { label: string }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-[13px] font-medium text-ink-muted">
        {label}
      </label>
      <input
        {...props}
        id={id}
        className="h-9 w-full rounded-lg bg-surface px-3 text-sm text-ink shadow-[0_0_0_1px_var(--line-strong)]"
      />
    </div>
  );
}
