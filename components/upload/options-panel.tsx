'use client';

import { Switch } from '@base-ui/react/switch';
import { SlidersHorizontal } from 'lucide-react';
import { useId } from 'react';
import { parsePageRange } from '#server/documents/page-range.ts';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { Select } from '../ui/select.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useReadingOptions } from './reading-options.ts';

const MODES = [
  { value: 'auto', label: 'Keep it, and read the rest' },
  { value: 'redo', label: 'Replace what an earlier OCR left' },
  { value: 'force', label: 'Ignore it, and read every page' },
  { value: 'off', label: 'Take it, and read nothing' },
] as const;

const QUALITIES = [
  { value: 'fast', label: 'Fast, in one pass' },
  { value: 'balanced', label: 'Balanced' },
  { value: 'best', label: 'Best, takes longer' },
] as const;

const SEGMENTATIONS = [
  { value: 'auto', label: 'Found by itself' },
  { value: 'column', label: 'One column' },
  { value: 'block', label: 'One block' },
  { value: 'line', label: 'One line' },
  { value: 'sparse', label: 'Scattered words' },
] as const;

const ROTATIONS = [
  { value: 'auto', label: 'Found by itself' },
  { value: '0', label: 'None' },
  { value: '90', label: '90° clockwise' },
  { value: '180', label: 'Upside down' },
  { value: '270', label: '90° anticlockwise' },
] as const;

/** The button that opens the options of the next uploads, and says when some are set. */
export function OptionsButton() {
  const { changed } = useReadingOptions();
  const label = changed > 0 ? `Options: ${changed} changed` : 'Options';
  return (
    <Popover
      title="How the next documents are read"
      trigger={
        <Button aria-label={label}>
          <SlidersHorizontal aria-hidden="true" className="text-ink-muted" />
          Options
          {changed > 0 && (
            <span className="rounded-full bg-accent px-1.5 text-xs text-accent-ink tabular-nums">
              {changed}
            </span>
          )}
        </Button>
      }
    >
      <OptionsPanel />
    </Popover>
  );
}

function OptionsPanel() {
  const { choices, changed, choose, reset } = useReadingOptions();
  return (
    <div className="grid gap-3.5">
      <TextField
        label="Pages"
        value={choices.pages}
        placeholder="All, or for example 1-3,7"
        error={pagesError(choices.pages)}
        onChange={(pages) => choose({ pages })}
      />
      <Labelled label="Text that is already there">
        {(label) => (
          <Select
            label={label}
            value={choices.mode}
            options={[...MODES]}
            onChange={(mode) => choose({ mode })}
          />
        )}
      </Labelled>
      <Labelled label="Quality">
        {(label) => (
          <Select
            label={label}
            value={choices.quality}
            options={[...QUALITIES]}
            onChange={(quality) => choose({ quality })}
          />
        )}
      </Labelled>
      <div className="grid grid-cols-2 gap-3">
        <Labelled label="Layout">
          {(label) => (
            <Select
              label={label}
              value={choices.segmentation}
              options={[...SEGMENTATIONS]}
              onChange={(segmentation) => choose({ segmentation })}
            />
          )}
        </Labelled>
        <Labelled label="Turn pages">
          {(label) => (
            <Select
              label={label}
              value={`${choices.rotation}`}
              options={[...ROTATIONS]}
              onChange={(rotation) => choose({ rotation: rotationOf(rotation) })}
            />
          )}
        </Labelled>
        <TextField
          label="Resolution, dpi"
          value={choices.dpi}
          placeholder="Found by itself"
          error={numberError(choices.dpi, 50, 1_200)}
          numeric
          onChange={(dpi) => choose({ dpi })}
        />
        <TextField
          label="Seconds a page"
          value={choices.pageTimeLimit}
          placeholder="No own limit"
          error={numberError(choices.pageTimeLimit, 1, 3_600)}
          numeric
          onChange={(pageTimeLimit) => choose({ pageTimeLimit })}
        />
      </div>
      <Straighten on={choices.deskew} onChange={(deskew) => choose({ deskew })} />
      <div className="flex items-center justify-between gap-3 border-t border-line pt-3">
        <p className="text-xs text-ink-muted">For the documents you add from now on.</p>
        <Button size="sm" variant="ghost" disabled={changed === 0} onClick={reset}>
          Reset
        </Button>
      </div>
    </div>
  );
}

function Labelled({
  label,
  children,
}: {
  label: string;
  children: (label: string) => React.ReactNode;
}) {
  return (
    <div className="min-w-0">
      <p aria-hidden="true" className="mb-1 text-[13px] font-medium text-ink-muted">
        {label}
      </p>
      {children(label)}
    </div>
  );
}

function Straighten({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const id = useId();
  return (
    <div className="flex items-center justify-between gap-3">
      <label htmlFor={id} className="text-sm">
        Set sloping lines straight
      </label>
      <Switch.Root
        id={id}
        checked={on}
        onCheckedChange={onChange}
        className="relative h-5.5 w-9.5 rounded-full bg-line-strong transition-colors data-checked:bg-accent"
      >
        <Switch.Thumb className="absolute top-0.5 left-0.5 size-4.5 rounded-full bg-white shadow-xs transition-transform data-checked:translate-x-4" />
      </Switch.Root>
    </div>
  );
}

function rotationOf(value: (typeof ROTATIONS)[number]['value']) {
  return value === 'auto' ? value : (Number(value) as 0 | 90 | 180 | 270);
}

function pagesError(text: string): string | undefined {
  if (text.trim() === '' || parsePageRange(text)) return undefined;
  return 'Write numbers and ranges, for example 1-3,7 or 20-.';
}

function numberError(text: string, least: number, most: number): string | undefined {
  const number = Number(text);
  if (text.trim() === '' || (number >= least && number <= most)) return undefined;
  return `From ${least} to ${most}.`;
}
