'use client';

import { RefreshCw } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { RereadOptions } from '#server/rereadings/schemas.ts';
import { Button } from '../ui/button.tsx';
import { languageName } from '../upload/languages.ts';
import { useLanguages } from '../upload/use-languages.ts';

const FIELD =
  'h-9 w-full rounded-lg bg-surface px-2.5 text-sm text-ink shadow-[0_0_0_1px_var(--line-strong)]';

const SEGMENTATIONS = {
  auto: 'Found out',
  block: 'One block',
  column: 'One column',
  line: 'One line',
  sparse: 'Scattered',
} as const;

const ROTATIONS = ['auto', 0, 90, 180, 270] as const;

const ENGINES = {
  '': 'As for the document',
  tesseract: 'Tesseract',
  'tesseract-native': 'Tesseract, installed on the server',
  vision: 'Vision model',
} as const;

/** Asks for pages to be read once more with other settings. */
export function RereadForm({
  page,
  onRequest,
}: {
  page: number;
  onRequest: (pages: string, options: RereadOptions) => Promise<boolean>;
}) {
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
        <Field name="pages" label="Pages">
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
        <Field name="segmentation" label="Text lies on the page">
          <Choice name="segmentation" choices={Object.entries(SEGMENTATIONS)} />
        </Field>
        <Field name="rotation" label="Turn clockwise">
          <Choice
            name="rotation"
            choices={ROTATIONS.map((turn) => [
              String(turn),
              turn === 'auto' ? 'Found out' : `${turn}°`,
            ])}
          />
        </Field>
        <Field name="engine" label="Engine">
          <Choice name="engine" choices={Object.entries(ENGINES)} />
        </Field>
        <Field name="dpi" label="Resolution, dpi">
          <input
            id="reread-dpi"
            name="dpi"
            type="number"
            min={50}
            max={1_200}
            placeholder="Found out"
            className={FIELD}
          />
        </Field>
      </div>
      <Button type="submit" variant="primary" className="mt-5" disabled={busy}>
        <RefreshCw aria-hidden="true" /> Read again
      </Button>
    </form>
  );
}

function LanguageField() {
  const { installed } = useLanguages();
  return (
    <Field name="language" label="Language">
      <Choice
        name="language"
        choices={[
          ['', 'As for the document'],
          ...(installed ?? []).map((code): [string, string] => [code, languageName(code)]),
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

function Choice({ name, choices }: { name: string; choices: [string, string][] }) {
  return (
    <select id={`reread-${name}`} name={name} className={FIELD}>
      {choices.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** Only what was chosen; the whole page is read, whatever text it has. */
function optionsOf(form: FormData): RereadOptions {
  const text = (name: string) => String(form.get(name) ?? '');
  const rotation = text('rotation');
  return {
    mode: 'force',
    segmentation: text('segmentation') as keyof typeof SEGMENTATIONS,
    rotation: rotation === 'auto' ? 'auto' : (Number(rotation) as 0 | 90 | 180 | 270),
    ...(text('language') && { languages: [text('language')] }),
    ...(text('engine') && { engine: text('engine') as 'tesseract' }),
    ...(text('dpi') && { dpi: Number(text('dpi')) }),
  };
}
