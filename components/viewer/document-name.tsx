'use client';

import { Pencil, X } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { DocumentDetail } from '../data/trpc.ts';
import { nameOf } from '../documents/name.ts';
import type { DocumentActions } from '../documents/use-actions.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';

const FIELD =
  'h-9 min-w-0 rounded-lg bg-surface px-2.5 text-sm shadow-[0_0_0_1px_var(--line-strong)] placeholder:text-ink-muted';

/** What the document is called and its tags; both can be changed in place. */
export function DocumentName({
  document,
  actions,
}: {
  document: DocumentDetail;
  actions: DocumentActions;
}) {
  const t = useTranslations('viewer.name');
  const [editing, setEditing] = useState(false);
  const wasEdited = useRef(false);
  if (editing) {
    wasEdited.current = true;
    return <NameForm document={document} actions={actions} close={() => setEditing(false)} />;
  }
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      <h1 className="truncate font-serif text-2xl leading-tight font-medium tracking-tight">
        <bdi dir="auto" title={document.fileName}>
          {nameOf(document)}
        </bdi>
      </h1>
      <IconButton
        // The form in which the focus was is gone.
        autoFocus={wasEdited.current}
        label={t('edit')}
        onClick={() => setEditing(true)}
      >
        <Pencil aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function NameForm({
  document,
  actions,
  close,
}: {
  document: DocumentDetail;
  actions: DocumentActions;
  close: () => void;
}) {
  const t = useTranslations('viewer.name');
  const common = useTranslations('common');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const title = String(data.get('title')).trim();
    const tags = String(data.get('tags')).split(',');
    const own = title !== '' && title !== document.fileName;
    actions.describe({
      title: own ? title : null,
      tags: tags.map((tag) => tag.trim()).filter(Boolean),
    });
    close();
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && close()}
      className="flex flex-wrap items-center gap-2"
    >
      <h1 className="sr-only">{nameOf(document)}</h1>
      <input
        // biome-ignore lint/a11y/noAutofocus: the button that opened the form is gone
        autoFocus
        onFocus={({ target }) => target.select()}
        name="title"
        defaultValue={nameOf(document)}
        placeholder={document.fileName}
        maxLength={500}
        aria-label={t('title')}
        className={`${FIELD} flex-[2_1_14rem]`}
      />
      <input
        name="tags"
        defaultValue={document.tags.join(', ')}
        placeholder={t('tags')}
        maxLength={2_000}
        aria-label={t('tags')}
        className={`${FIELD} flex-[1_1_12rem]`}
      />
      <Button type="submit" variant="primary">
        {common('save')}
      </Button>
      <IconButton type="button" label={t('keep')} onClick={close}>
        <X aria-hidden="true" />
      </IconButton>
    </form>
  );
}
