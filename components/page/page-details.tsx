'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Layout } from '#server/pages/layout.ts';
import type { Usage } from '#server/pages/usage.ts';
import { type Page, useTRPCClient } from '../data/trpc.ts';
import { formatNumber } from '../documents/format.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { engineLabel } from '../upload/engines.ts';
import { languageName } from '../upload/languages.ts';
import { Attempts } from './attempts.tsx';

const degrees = new Intl.NumberFormat('en', {
  style: 'unit',
  unit: 'degree',
  maximumFractionDigits: 2,
});

const SOURCES = {
  native: 'Text of the file',
  ocr: 'Recognised',
  mixed: 'Text of the file, and recognised',
  blank: 'None: the page is empty',
};

/** How a page came to its text: why it was read, by what, what was found and done, and each try. */
export function PageDetails({
  documentId,
  page,
  layout,
}: {
  documentId: string;
  page: Page;
  layout: Layout | undefined;
}) {
  const client = useTRPCClient();
  const attempts = useQuery({
    queryKey: ['attempts', documentId, page.number, page.seq],
    queryFn: ({ signal }) =>
      client.pages.attempts.query({ documentId, page: page.number }, { signal }),
  });
  return (
    <div className="space-y-6 text-sm">
      {page.reason && <p>{page.reason}</p>}
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-2">
        {layout && <LayoutFacts layout={layout} />}
        {page.usage && <Fact name="Tokens">{tokensOf(page.usage)}</Fact>}
      </dl>
      <Sentences title="Done before reading" sentences={preparationOf(layout)} />
      <Sentences title="Warnings" sentences={page.warnings} />
      <section>
        <Title>Attempts</Title>
        {attempts.data ? (
          <Attempts attempts={attempts.data} />
        ) : (
          <Skeleton className="h-12 w-full rounded-lg" />
        )}
      </section>
    </div>
  );
}

function LayoutFacts({ layout }: { layout: Layout }) {
  const { source, engine, languages, width, height, dpi, rotation, skew } = layout;
  return (
    <>
      <Fact name="Text">{SOURCES[source]}</Fact>
      {engine && (
        <Fact name="Engine">
          {engineLabel(engine.name)} {engine.version}
        </Fact>
      )}
      {languages.length > 0 && (
        <Fact name="Languages">{languages.map(languageName).join(', ')}</Fact>
      )}
      <Fact name="Size">
        {formatNumber(width)} × {formatNumber(height)} pixels, {formatNumber(Math.round(dpi))} dpi
      </Fact>
      <Fact name="Turned">{degrees.format(rotation)}</Fact>
      {/* Layouts of the first version do not say. */}
      {skew !== undefined && <Fact name="Skew">{degrees.format(skew)}</Fact>}
    </>
  );
}

function tokensOf({ promptTokens, completionTokens, cost, cached }: Usage): string {
  if (cached) return 'None: the answer was there from before';
  const tokens = `${formatNumber(promptTokens)} in, ${formatNumber(completionTokens)} out`;
  return cost === null ? tokens : `${tokens}; cost ${Number(cost.toPrecision(3))}`;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{name}</dt>
      <dd className="tabular-nums">{children}</dd>
    </>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: string[] }) {
  if (sentences.length === 0) return null;
  return (
    <section>
      <Title>{title}</Title>
      <ul className="space-y-1">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

function Title({ children }: { children: string }) {
  return <h3 className="mb-2 text-[13px] font-medium text-ink-muted">{children}</h3>;
}

function preparationOf(layout: Layout | undefined): string[] {
  return (layout?.preparation ?? []).map(({ reason }) => reason);
}
