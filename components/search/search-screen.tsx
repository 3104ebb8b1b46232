'use client';

import { FileText } from 'lucide-react';
import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { useDocument } from '../data/use-documents.ts';
import { nameOf } from '../documents/name.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { Button } from '../ui/button.tsx';
import { LateLink } from '../ui/late-link.tsx';
import { Advice } from './advice.tsx';
import { FilterBar } from './filter-bar.tsx';
import { HitRow } from './hit-row.tsx';
import { ResultsSkeleton } from './results-skeleton.tsx';
import { searchAddress } from './search-field.tsx';
import {
  type SearchRequest,
  useNamedDocuments,
  usePageHits,
  useSearchRequest,
} from './use-search.ts';

/** The documents that are called what is searched for, and the pages that hold it. */
export function SearchScreen() {
  const t = useTranslations('search');
  const request = useSearchRequest();
  return (
    <div className="mx-auto w-full max-w-5xl px-4 pt-8 pb-16 sm:px-6">
      <h1 className="font-serif text-2xl font-medium tracking-tight">
        {request.query ? t('results', { query: request.query }) : t('title')}
      </h1>
      {request.documentId && <Scope request={request} documentId={request.documentId} />}
      <div className="mt-4">
        <FilterBar request={request} />
      </div>
      {request.query ? <Results request={request} /> : <Advice />}
    </div>
  );
}

function Scope({ request, documentId }: { request: SearchRequest; documentId: string }) {
  const t = useTranslations('search');
  const { data: document } = useDocument(documentId);
  return (
    <p className="mt-1 text-sm text-ink-muted">
      {t.rich('scope', {
        name: () => <bdi dir="auto">{document ? nameOf(document) : '…'}</bdi>,
      })}{' '}
      <LateLink
        href={searchAddress({ query: request.query })}
        className="rounded-sm text-accent-strong underline underline-offset-2"
      >
        {t('allDocuments')}
      </LateLink>
    </p>
  );
}

function Results({ request }: { request: SearchRequest }) {
  const t = useTranslations('search');
  const common = useTranslations('common');
  const words = useServerWords();
  const found = usePageHits(request);
  const named = useNamedDocuments(request);
  if (found.isPending) return <ResultsSkeleton />;
  if (found.isError) {
    return (
      <div role="alert" className="mt-6 rounded-2xl bg-surface px-6 py-12 text-center shadow-paper">
        <p className="font-medium">{t('failed')}</p>
        <p className="mt-1 text-sm text-ink-muted">{words.thrown(found.error)}</p>
        <Button className="mt-4" onClick={() => found.refetch()}>
          {common('tryAgain')}
        </Button>
      </div>
    );
  }
  const [first] = found.data.pages;
  const hits = found.data.pages.flatMap((page) => page.hits);
  const count = first?.atLeast
    ? t('moreThan', { count: first.total })
    : common('pageCount', { count: first?.total ?? 0 });
  return (
    <div aria-busy={found.isPlaceholderData}>
      <p role="status" className="mt-5 text-sm text-ink-muted tabular-nums">
        {first?.corrected ? `${t('corrected', { query: first.corrected })} ` : null}
        {hits.length > 0 ? count : null}
      </p>
      <NamedDocuments documents={named.data?.documents ?? []} />
      {hits.length > 0 ? (
        <ol
          aria-label={common('pages')}
          className="mt-3 divide-y divide-line overflow-hidden rounded-2xl bg-surface shadow-paper"
        >
          {hits.map((hit) => (
            <HitRow key={`${hit.documentId}/${hit.page}`} hit={hit} />
          ))}
        </ol>
      ) : (
        <Advice nothing />
      )}
      {found.hasNextPage && (
        <div className="mt-5 flex justify-center">
          <Button
            onClick={() => found.fetchNextPage()}
            disabled={found.isFetchingNextPage}
            focusableWhenDisabled
          >
            {found.isFetchingNextPage ? common('loading') : common('loadMore')}
          </Button>
        </div>
      )}
    </div>
  );
}

function NamedDocuments({
  documents,
}: {
  documents: { id: string; title: string | null; fileName: string }[];
}) {
  const t = useTranslations('search');
  const id = useId();
  if (documents.length === 0) return null;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      <p id={id} className="text-sm text-ink-muted">
        {t('named', { count: documents.length })}
      </p>
      <ul aria-labelledby={id} className="contents">
        {documents.map(({ id, title, fileName }) => (
          <li key={id} className="min-w-0">
            <LateLink
              href={`/documents/${id}`}
              className="flex max-w-80 items-center gap-2 rounded-lg bg-surface px-3 py-1.5 text-sm shadow-paper hover:bg-sunken"
            >
              <FileText aria-hidden="true" className="size-4 shrink-0 text-ink-muted" />
              <bdi dir="auto" className="truncate">
                {nameOf({ title, fileName })}
              </bdi>
            </LateLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
