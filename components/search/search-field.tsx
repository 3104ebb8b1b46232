'use client';

import { Search } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';

/** Searches all documents, or within one. The slash key moves here from anywhere. */
export function SearchField({ documentId }: { documentId?: string }) {
  const t = useTranslations('search');
  const label = documentId ? t('one') : t('all');
  const router = useRouter();
  const asked = useSearchParams().get('q') ?? '';
  const input = useRef<HTMLInputElement>(null);
  useSlashKey(input);
  return (
    <search className="ml-auto block w-full max-w-72">
      <form
        action="/search"
        className="relative"
        onSubmit={(event) => {
          event.preventDefault();
          const query = input.current?.value.trim();
          if (query) router.push(searchAddress({ query, documentId }));
        }}
      >
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-muted"
        />
        <input
          key={asked}
          ref={input}
          type="search"
          name="q"
          defaultValue={asked}
          maxLength={500}
          placeholder={label}
          aria-label={label}
          aria-keyshortcuts="/"
          className="h-9 w-full rounded-lg bg-surface pr-3 pl-8.5 text-sm text-ellipsis shadow-[0_0_0_1px_var(--line-strong)] placeholder:text-ink-muted"
        />
      </form>
    </search>
  );
}

export function searchAddress({
  query,
  documentId,
}: {
  query: string;
  documentId?: string | undefined;
}) {
  const parameters = new URLSearchParams({ q: query, ...(documentId && { in: documentId }) });
  return `/search?${parameters}`;
}

function useSlashKey(input: React.RefObject<HTMLInputElement | null>): void {
  useLayoutEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const { target } = event;
      const typing =
        target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]');
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing) return;
      event.preventDefault();
      input.current?.select();
      input.current?.focus();
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, [input]);
}
