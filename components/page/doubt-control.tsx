'use client';

import { Popover } from '@base-ui/react/popover';
import { Slider } from '@base-ui/react/slider';
import { SearchCheck, SkipForward } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { useFormat } from '../i18n/use-format.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Histogram } from './histogram.tsx';

/** Which words count as doubtful, how many there are, and the way to the next. */
export function DoubtControl({
  histogram,
  doubtful,
  threshold,
  onThreshold,
  onNext,
}: {
  /** Words of the page in each bin of 5 points of confidence. */
  histogram: number[];
  doubtful: number;
  threshold: number;
  onThreshold: (threshold: number) => void;
  onNext: () => void;
}) {
  const t = useTranslations('page.doubt');
  return (
    <>
      <Popover.Root>
        <Popover.Trigger
          render={
            <Button size="sm" variant="ghost" className="tabular-nums">
              <SearchCheck aria-hidden="true" />
              <span className="max-sm:sr-only">{t('title')}</span> {doubtful}
            </Button>
          }
        />
        <Popover.Portal>
          <Popover.Positioner sideOffset={6} align="end" className="z-40">
            <Popover.Popup className="w-72 rounded-xl bg-surface p-4 text-ink shadow-pop outline-hidden">
              <Popover.Title className="text-sm font-medium">{t('title')}</Popover.Title>
              <Popover.Description className="mt-1 mb-3 text-[13px] text-ink-muted">
                {t('text')}
              </Popover.Description>
              <Histogram counts={histogram} threshold={threshold} />
              <ThresholdSlider threshold={threshold} onChange={onThreshold} />
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      <IconButton
        label={t('next')}
        disabled={doubtful === 0}
        focusableWhenDisabled
        onClick={onNext}
      >
        <SkipForward />
      </IconButton>
    </>
  );
}

function ThresholdSlider({
  threshold,
  onChange,
}: {
  threshold: number;
  onChange: (threshold: number) => void;
}) {
  const t = useTranslations('common');
  const format = useFormat();
  return (
    <Slider.Root
      value={threshold}
      min={0}
      max={100}
      step={5}
      onValueChange={(value) => onChange(Number(value))}
    >
      <Slider.Control className="flex w-full touch-none items-center py-2.5 select-none">
        <Slider.Track className="h-1 w-full rounded bg-line-strong">
          <Slider.Indicator className="rounded bg-warn" />
          <Slider.Thumb
            aria-label={t('doubtfulBelow')}
            className="size-4 rounded-full bg-surface shadow-[0_0_0_2px_var(--warn)] has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-accent"
          />
        </Slider.Track>
      </Slider.Control>
      <div className="flex justify-between text-[13px]">
        <span className="text-ink-muted">{t('doubtfulBelow')}</span>
        <Slider.Value className="font-medium tabular-nums">
          {(_, [value]) => format.percent(value ?? 0)}
        </Slider.Value>
      </div>
    </Slider.Root>
  );
}
