'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Layout } from '#server/pages/layout.ts';
import type { Usage } from '#server/pages/usage.ts';
import { type Page, useTRPCClient } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { useEngineLabel } from '../upload/use-engine-label.ts';
import { useLanguageName } from '../upload/use-language-name.ts';
import { untilFetched } from '../viewer/use-page-text.ts';
import { Attempts } from './attempts.tsx';

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
  const t = useTranslations('page.details');
  const words = useServerWords();
  const client = useTRPCClient();
  const attempts = useQuery({
    queryKey: ['attempts', documentId, page.number, page.seq],
    queryFn: ({ signal }) =>
      client.pages.attempts.query({ documentId, page: page.number }, { signal }),
    ...untilFetched,
  });
  return (
    <div className="space-y-6 text-sm">
      {page.reason && <p>{words.sentence(page.reason)}</p>}
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-2">
        {layout && <LayoutFacts layout={layout} />}
        {page.usage && <Tokens usage={page.usage} />}
      </dl>
      <Sentences title={t('preparation')} sentences={preparationOf(layout)} />
      <Sentences title={t('warnings')} sentences={page.warnings} />
      <section>
        <Title>{t('attempts')}</Title>
        {attempts.data ? (
          <Attempts attempts={attempts.data} />
        ) : (
          <Skeleton className="h-12 w-full rounded-lg!" />
        )}
      </section>
    </div>
  );
}

function LayoutFacts({ layout }: { layout: Layout }) {
  const t = useTranslations('page.details');
  const common = useTranslations('common');
  const engineLabel = useEngineLabel();
  const languageName = useLanguageName();
  const format = useFormat();
  const { source, engine, languages, width, height, dpi, rotation, skew } = layout;
  return (
    <>
      <Fact name={common('text')}>{t(`sources.${source}`)}</Fact>
      {engine && (
        <Fact name={t('engine')}>
          {engineLabel(engine.name)} {engine.version}
        </Fact>
      )}
      {languages.length > 0 && (
        <Fact name={t('languages')}>{languages.map(languageName).join(', ')}</Fact>
      )}
      <Fact name={t('size')}>{t('pixels', { width, height, dpi: Math.round(dpi) })}</Fact>
      <Fact name={t('turned')}>{format.degrees(rotation)}</Fact>
      {/* Layouts of the first version do not say. */}
      {skew !== undefined && <Fact name={t('skew')}>{format.degrees(skew)}</Fact>}
    </>
  );
}

function Tokens({ usage }: { usage: Usage }) {
  const t = useTranslations('page.details');
  return <Fact name={t('tokens')}>{usage.cached ? t('cached') : <Used usage={usage} />}</Fact>;
}

function Used({ usage: { promptTokens, completionTokens, cost } }: { usage: Usage }) {
  const t = useTranslations('page.details');
  const format = useFormat();
  const tokens = { prompt: promptTokens, completion: completionTokens };
  if (cost === null) return t('used', tokens);
  return t('usedCost', { ...tokens, cost: format.number(Number(cost.toPrecision(3))) });
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
  const words = useServerWords();
  if (sentences.length === 0) return null;
  return (
    <section>
      <Title>{title}</Title>
      <ul className="space-y-1">
        {sentences.map((sentence) => (
          <li key={sentence}>{words.sentence(sentence)}</li>
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
