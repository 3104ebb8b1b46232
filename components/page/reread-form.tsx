'use client';

import { RefreshCw } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { RereadOptions } from '#server/rereadings/schemas.ts';
import { Button } from '../ui/button.tsx';
import { NativeSelect } from '../ui/native-select.tsx';
import { AUTO } from '../upload/languages.ts';
import { useEngineLabel } from '../upload/use-engine-label.ts';
import { useLanguageName } from '../upload/use-language-name.ts';
import { useLanguages } from '../upload/use-languages.ts';

const FIELD =
  'h-9 w-full rounded-lg bg-surface px-3 text-sm text-ink shadow-[0_0_0_1px_var(--line-strong)] placeholder:text-ink-muted';

const SEGMENTATIONS = ['auto', 'block', 'column', 'line', 'sparse'] as const;
const TURNS = ['90', '180', '270'];
const ENGINES = ['tesseract', 'tesseract-native', 'vision'] as const;

/** Asks for pages to be read once more with other settings. */
export function RereadForm({
  page,
  onRequest,
}: {
  page: number;
  onRequest: (pages: string, options: RereadOptions) => Promise<void>;
}) {
  const t = useTranslations('page.reread');
  const common = useTranslations('common');
  const engineLabel = useEngineLabel();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    await onRequest(String(form.get('pages')), optionsOf(form));
    setBusy(false);
  };
  return (
    <form onSubmit={submit}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="pages" label={common('pages')}>
          <input
            id="reread-pages"
            name="pages"
            required
            defaultValue={page}
            className={FIELD}
            inputMode="numeric"
          />
        </Field>
        <LanguageField />
        <Field name="segmentation" label={t('segmentation')}>
          <Choice
            name="segmentation"
            choices={SEGMENTATIONS.map((value) => [value, t(`segmentations.${value}`)])}
          />
        </Field>
        <Field name="rotation" label={t('rotation')}>
          <Choice
            name="rotation"
            choices={[['auto', t('foundOut')], ...TURNS.map((turn): Choices => [turn, `${turn}°`])]}
          />
        </Field>
        <Field name="engine" label={t('engine')}>
          <Choice
            name="engine"
            choices={[
              ['', t('asDocument')],
              ...ENGINES.map((engine): Choices => [engine, engineLabel(engine)]),
            ]}
          />
        </Field>
        <Field name="dpi" label={t('dpi')}>
          <input
            id="reread-dpi"
            name="dpi"
            type="number"
            min={50}
            max={1_200}
            placeholder={t('foundOut')}
            className={FIELD}
          />
        </Field>
      </div>
      <Button
        type="submit"
        variant="primary"
        className="mt-5"
        disabled={busy}
        focusableWhenDisabled
      >
        <RefreshCw aria-hidden="true" /> {common('readAgain')}
      </Button>
    </form>
  );
}

function LanguageField() {
  const t = useTranslations('page.reread');
  const languageName = useLanguageName();
  const { installed } = useLanguages();
  return (
    <Field name="language" label={t('language')}>
      <Choice
        name="language"
        choices={[
          ['', t('asDocument')],
          [AUTO, languageName(AUTO)],
          ...(installed ?? []).map((code): Choices => [code, languageName(code)]),
        ]}
      />
    </Field>
  );
}

function Field({ name, label, children }: { name: string; label: string; children: ReactNode }) {
  return (
    <div>
      <label htmlFor={`reread-${name}`} className="mb-1 block text-[13px] text-ink-muted">
        {label}
      </label>
      {children}
    </div>
  );
}

/** What is sent, and what people read. */
type Choices = [value: string, label: string];

function Choice({ name, choices }: { name: string; choices: Choices[] }) {
  return (
    <NativeSelect id={`reread-${name}`} name={name} className="w-full">
      {choices.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </NativeSelect>
  );
}

/** Only what was chosen; the whole page is read, whatever text it has. */
function optionsOf(form: FormData): RereadOptions {
  const text = (name: string) => String(form.get(name) ?? '');
  const rotation = text('rotation');
  return {
    mode: 'force',
    segmentation: text('segmentation') as (typeof SEGMENTATIONS)[number],
    rotation: rotation === 'auto' ? 'auto' : (Number(rotation) as 0 | 90 | 180 | 270),
    ...(text('language') && { languages: [text('language')] }),
    ...(text('engine') && { engine: text('engine') as 'tesseract' }),
    ...(text('dpi') && { dpi: Number(text('dpi')) }),
  };
}
