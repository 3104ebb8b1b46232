'use client';

import type { ReactElement } from 'react';
import { useTranslations } from 'use-intl/react';
import { parsePageRange } from '#server/documents/page-range.ts';
import type { DocumentOptions } from '#server/documents/schemas.ts';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { Select } from '../ui/select.tsx';
import { TextField } from '../ui/text-field.tsx';
import { isBetween } from './is-between.ts';
import { Labelled } from './labelled.tsx';
import { useReadingOptions } from './reading-options.ts';
import { Straighten } from './straighten.tsx';
import { TermFields } from './term-fields.tsx';

const MODES: DocumentOptions['mode'][] = ['auto', 'redo', 'force', 'off'];
const QUALITIES: DocumentOptions['quality'][] = ['fast', 'balanced', 'best'];
const SEGMENTATIONS: DocumentOptions['segmentation'][] = [
  'auto',
  'column',
  'block',
  'line',
  'sparse',
];
/** Pixels per inch, and seconds of a page, that can be asked for. */
const DPI = { least: 50, most: 1_200 };
const SECONDS = { least: 1, most: 3_600 };
const ROTATION_NAMES = ['auto', '0', '90', '180', '270'] as const;

/** Beside the button, which has just been pressed. */
export function OptionsPopover({ trigger }: { trigger: ReactElement }) {
  const t = useTranslations('upload.options');
  return (
    <Popover title={t('title')} trigger={trigger}>
      <OptionsPanel />
    </Popover>
  );
}

function OptionsPanel() {
  const t = useTranslations('upload.options');
  const { choices, changed, choose, reset } = useReadingOptions();
  return (
    <div className="grid gap-3.5">
      <TextField
        label={t('pages')}
        value={choices.pages}
        placeholder={t('pagesHint')}
        error={isPages(choices.pages) ? undefined : t('pagesError')}
        onChange={(pages) => choose({ pages })}
      />
      <Labelled label={t('mode')}>
        {(label) => (
          <Select
            label={label}
            value={choices.mode}
            options={MODES.map((value) => ({ value, label: t(`modes.${value}`) }))}
            onChange={(mode) => choose({ mode })}
          />
        )}
      </Labelled>
      <Labelled label={t('quality')}>
        {(label) => (
          <Select
            label={label}
            value={choices.quality}
            options={QUALITIES.map((value) => ({ value, label: t(`qualities.${value}`) }))}
            onChange={(quality) => choose({ quality })}
          />
        )}
      </Labelled>
      <div className="grid grid-cols-2 gap-3">
        <Labelled label={t('segmentation')}>
          {(label) => (
            <Select
              label={label}
              value={choices.segmentation}
              options={SEGMENTATIONS.map((value) => ({
                value,
                label: t(`segmentations.${value}`),
              }))}
              onChange={(segmentation) => choose({ segmentation })}
            />
          )}
        </Labelled>
        <Labelled label={t('rotation')}>
          {(label) => (
            <Select
              label={label}
              value={`${choices.rotation}` as const}
              options={ROTATION_NAMES.map((value) => ({ value, label: t(`rotations.${value}`) }))}
              onChange={(rotation) => choose({ rotation: rotationOf(rotation) })}
            />
          )}
        </Labelled>
        <TextField
          label={t('dpi')}
          value={choices.dpi}
          placeholder={t('found')}
          error={isBetween(choices.dpi, DPI) ? undefined : t('between', DPI)}
          numeric
          onChange={(dpi) => choose({ dpi })}
        />
        <TextField
          label={t('pageTimeLimit')}
          value={choices.pageTimeLimit}
          placeholder={t('noLimit')}
          error={isBetween(choices.pageTimeLimit, SECONDS) ? undefined : t('between', SECONDS)}
          numeric
          onChange={(pageTimeLimit) => choose({ pageTimeLimit })}
        />
      </div>
      <Straighten on={choices.deskew} onChange={(deskew) => choose({ deskew })} />
      <TermFields choices={choices} choose={choose} />
      <div className="flex items-center justify-between gap-3 border-t border-line pt-3">
        <p className="text-xs text-ink-muted">{t('scope')}</p>
        <Button size="sm" variant="ghost" disabled={changed === 0} onClick={reset}>
          {t('reset')}
        </Button>
      </div>
    </div>
  );
}

function rotationOf(value: (typeof ROTATION_NAMES)[number]) {
  return value === 'auto' ? value : (Number(value) as 0 | 90 | 180 | 270);
}

function isPages(text: string): boolean {
  return text.trim() === '' || parsePageRange(text) !== null;
}
