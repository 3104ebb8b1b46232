'use client';

import { Ban, CircleAlert, FileType } from 'lucide-react';
import type { Page } from '../data/trpc.ts';
import { useServerWords } from '../i18n/i18n-provider.tsx';
import { cn } from '../ui/cn.ts';
import { pictureUrl } from './page-urls.ts';
import { Scan } from './scan.tsx';

/** Width by height of a page that was not drawn yet: A4. */
const A4 = 1 / Math.SQRT2;

/** A page as a sheet of paper that fits into `width` × `height` pixels. */
export function PageSheet({
  documentId,
  page,
  width,
  height,
}: {
  documentId: string;
  page: Page;
  width: number;
  height: number;
}) {
  const ratio = page.image ? page.image.width / page.image.height : A4;
  const shown = Math.min(width, height * ratio);
  const src = pictureUrl(documentId, page, 'thumbnail');
  return (
    <span
      className={cn(
        'relative block overflow-hidden rounded-[3px] bg-paper shadow-paper transition-shadow',
        !src && page.status !== 'failed' && 'perforated',
        page.status === 'failed' && 'bg-danger-soft!',
        page.status === 'canceled' && 'opacity-60',
      )}
      style={{ width: shown, height: shown / ratio }}
    >
      {src && <Picture src={src} page={page} />}
      {page.status === 'processing' && <ScanLine progress={page.progress} />}
      <Mark page={page} drawn={src !== null} />
    </span>
  );
}

/** Pale where it is still to be read. */
function Picture({ src, page }: { src: string; page: Page }) {
  const unread = page.status === 'processing' || page.status === 'pending';
  return (
    <>
      <Scan
        src={src}
        alt=""
        loading="lazy"
        className={page.status === 'failed' ? 'opacity-25' : ''}
      />
      {unread && (
        <span
          className="absolute inset-0 bg-paper/60 transition-transform duration-700 ease-out"
          style={{ transform: `translateY(${page.status === 'processing' ? page.progress : 0}%)` }}
        />
      )}
    </>
  );
}

function ScanLine({ progress }: { progress: number }) {
  return (
    <span
      className="absolute inset-x-0 top-0 h-full transition-transform duration-700 ease-out"
      style={{ transform: `translateY(${progress - 100}%)` }}
    >
      <span className="absolute inset-x-0 bottom-0 h-10 bg-linear-to-t from-accent/30 to-transparent" />
      <span className="absolute inset-x-0 bottom-0 h-0.5 bg-accent" />
    </span>
  );
}

function Mark({ page, drawn }: { page: Page; drawn: boolean }) {
  const words = useServerWords();
  if (page.status === 'failed') {
    return (
      <span className="absolute inset-0 flex flex-col gap-1.5 p-2.5 text-left text-[11px] leading-snug text-danger">
        <CircleAlert className="size-4 shrink-0" aria-hidden="true" />
        <span className="line-clamp-4 font-medium">{page.error && words.failure(page.error)}</span>
      </span>
    );
  }
  if (page.status === 'canceled') return <Sign icon={Ban} />;
  if (page.status === 'completed' && !drawn && page.source !== 'blank')
    return <Sign icon={FileType} />;
  return null;
}

function Sign({ icon: Icon }: { icon: typeof Ban }) {
  return (
    <span className="absolute inset-0 grid place-items-center text-ink-faint">
      <Icon className="size-5" aria-hidden="true" />
    </span>
  );
}
