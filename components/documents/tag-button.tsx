'use client';

import { Tag } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { DocumentSummary } from '../data/trpc.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useTagging } from './use-tagging.ts';

/** Gives every chosen document one more tag. */
export function TagButton({ documents }: { documents: DocumentSummary[] }) {
  const t = useTranslations('documents.selection');
  const [typing, setTyping] = useState(false);
  const addTag = useTagging();
  if (!typing) {
    return (
      <IconButton label={t('tag')} onClick={() => setTyping(true)}>
        <Tag />
      </IconButton>
    );
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const tag = String(new FormData(event.currentTarget).get('tag')).trim();
    setTyping(false);
    if (tag) void addTag(documents, tag);
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The selection stays: Escape on the window lets it go.
        event.preventDefault();
        event.nativeEvent.stopPropagation();
        setTyping(false);
      }}
      className="flex items-center gap-1.5"
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the button that opened it is gone
        autoFocus
        name="tag"
        maxLength={50}
        autoComplete="off"
        placeholder={t('tag')}
        aria-label={t('tag')}
        className="h-9 w-36 min-w-0 rounded-lg bg-surface px-3 text-sm shadow-[0_0_0_1px_var(--line-strong)] placeholder:text-ink-muted"
      />
      <Button type="submit">{t('tagAdd')}</Button>
    </form>
  );
}
