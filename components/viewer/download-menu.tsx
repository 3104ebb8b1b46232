'use client';

import { ChevronDown, Download } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslations } from 'use-intl/react';
import { OUTPUT_FORMATS, type OutputFormat } from '#server/documents/formats.ts';
import { type TextOptions, textOptionsOf, type Variant } from '#server/outputs/variants.ts';
import type { DocumentDetail } from '../data/trpc.ts';
import { FormatIcon } from '../documents/format-icon.tsx';
import type { DocumentActions } from '../documents/use-actions.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';

/** Every format: those that are there with their size, the others to be made when asked for. */
export function DownloadMenu({
  document,
  actions,
}: {
  document: DocumentDetail;
  actions: DocumentActions;
}) {
  const t = useTranslations('viewer.actions');
  const common = useTranslations('common');
  const making = document.making.length > 0;
  return (
    <Menu
      trigger={
        <Button variant="primary">
          <Download aria-hidden="true" className={making ? 'animate-pulse' : ''} />
          {making ? t('making') : common('download')}
          <ChevronDown aria-hidden="true" className="max-sm:hidden" />
        </Button>
      }
    >
      {OUTPUT_FORMATS.map((format) => (
        <Fragment key={format}>
          <FormatItem format={format} document={document} actions={actions} />
          {format === 'txt' && <ParagraphsItem document={document} actions={actions} />}
        </Fragment>
      ))}
    </Menu>
  );
}

function FormatItem({
  format,
  document: { outputs, outputFailures, making },
  actions,
}: {
  format: OutputFormat;
  document: DocumentDetail;
  actions: DocumentActions;
}) {
  const t = useTranslations('viewer.outputs');
  const formats = useTranslations('formats');
  const words = useServerWords();
  const { bytes } = useFormat();
  const made = outputs.find((output) => output.format === format);
  const failure = outputFailures.find((output) => output.format === format);
  const download = () => actions.download({ format, again: failure !== undefined });
  return (
    <MenuItem onClick={download}>
      <FormatIcon format={format} />
      <span>
        {formats(format)}
        {failure && (
          <span className="block max-w-60 text-xs text-ink-muted">
            {t('failed', { reason: words.failure(failure) })}
          </span>
        )}
      </span>
      <Aside>{isMade(making, format) ? t('making') : made ? bytes(made.sizeBytes) : null}</Aside>
    </MenuItem>
  );
}

const PARAGRAPHS: Variant = 'paragraphs-joined';
const PARAGRAPH_TEXT: TextOptions = textOptionsOf(PARAGRAPHS);

function ParagraphsItem({
  document: { making },
  actions,
}: {
  document: DocumentDetail;
  actions: DocumentActions;
}) {
  const t = useTranslations('viewer.outputs');
  const formats = useTranslations('formats');
  return (
    <MenuItem onClick={() => actions.download({ format: 'txt', text: PARAGRAPH_TEXT })}>
      <FormatIcon format="txt" /> {formats('paragraphs')}
      <Aside>{isMade(making, 'txt', PARAGRAPHS) ? t('making') : null}</Aside>
    </MenuItem>
  );
}

function Aside({ children }: { children: React.ReactNode }) {
  if (children === null) return null;
  return (
    <span className="ml-auto pl-6 text-xs whitespace-nowrap text-ink-muted tabular-nums">
      {children}
    </span>
  );
}

function isMade(making: DocumentDetail['making'], format: OutputFormat, variant: Variant = '') {
  return making.some((output) => output.format === format && output.variant === variant);
}
