'use client';

import { Field } from '@base-ui/react/field';

/** One line of text under its name, with what is wrong with it. */
export function TextField({
  label,
  value,
  placeholder,
  error,
  numeric = false,
  onChange,
}: {
  label: string;
  value: string;
  placeholder: string;
  error?: string | undefined;
  numeric?: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <Field.Root invalid={error !== undefined} className="min-w-0">
      <Field.Label className="text-[13px] font-medium text-ink-muted">{label}</Field.Label>
      <Field.Control
        value={value}
        placeholder={placeholder}
        inputMode={numeric ? 'numeric' : 'text'}
        autoComplete="off"
        onValueChange={onChange}
        className="mt-1 h-9 w-full rounded-lg bg-surface px-3 text-sm shadow-[0_0_0_1px_var(--line-strong)] placeholder:text-ink-muted data-invalid:shadow-[0_0_0_1.5px_var(--danger)]"
      />
      <Field.Error match={error !== undefined} className="mt-1 text-xs text-danger">
        {error}
      </Field.Error>
    </Field.Root>
  );
}
