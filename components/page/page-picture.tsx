'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Page } from '../data/trpc.ts';
import { useFormat } from '../i18n/use-format.ts';
import { cn } from '../ui/cn.ts';
import { pictureUrl } from '../viewer/page-urls.ts';
import { Scan } from '../viewer/scan.tsx';
import { useDetail } from './use-detail.ts';

/** The picture of a page, as sharp as it is shown large; a smaller one until that is there. */
export function PagePicture({
  documentId,
  page,
  shownWidth,
}: {
  documentId: string;
  page: Page;
  /** CSS pixels. */
  shownWidth: number;
}) {
  const t = useTranslations('page.picture');
  const src = pictureUrl(documentId, page, 'image');
  const detail = useDetail(documentId, page, shownWidth);
  if (!src || !page.image) return <Undrawn page={page} />;
  return (
    <Layers
      key={page.image.version}
      sources={[pictureUrl(documentId, page, 'thumbnail'), src, detail]}
      alt={t('scan', { page: page.number })}
    />
  );
}

/** From small to large, each hidden until it has come. */
function Layers({ sources, alt }: { sources: (string | null)[]; alt: string }) {
  const [loaded, setLoaded] = useState<ReadonlySet<string>>(new Set());
  const known = sources.flatMap((source) => source ?? []);
  const best = known.findLast((source) => loaded.has(source));
  return known.map((source, index) => (
    <Scan
      key={source}
      src={source}
      alt={index === known.length - 1 ? alt : ''}
      onLoad={() => setLoaded((others) => new Set([...others, source]))}
      className={cn(
        'transition-opacity duration-200 select-none',
        index === 0 && best === source && 'blur-[2px]',
        !loaded.has(source) && 'opacity-0',
      )}
    />
  ));
}

function Undrawn({ page }: { page: Page }) {
  const t = useTranslations('page');
  const format = useFormat();
  return (
    <div className="perforated absolute inset-0 grid place-items-center">
      <p className="text-sm text-ink-muted">
        {page.status === 'processing'
          ? t('summary.processing', { percent: format.percent(page.progress) })
          : t('picture.none')}
      </p>
    </div>
  );
}
