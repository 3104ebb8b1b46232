'use client';

import { Fragment } from 'react';
import { useTranslations } from 'use-intl/react';
import type { PageHit } from '../data/trpc.ts';
import { LateLink } from '../ui/late-link.tsx';
import { HitPicture } from './hit-picture.tsx';

/** One page that was found: where it is, the sentence, and how it looks there. */
export function HitRow({ hit }: { hit: PageHit }) {
  const t = useTranslations('search');
  return (
    <li className="group relative grid gap-x-6 gap-y-3 px-4 py-4 transition-colors hover:bg-ink/[0.025] has-[a:focus-visible]:bg-accent-soft/50 sm:px-5 md:grid-cols-2">
      <div className="min-w-0">
        <LateLink
          href={`/documents/${hit.documentId}?page=${hit.page}`}
          className="flex min-w-0 items-baseline gap-2 outline-hidden after:absolute after:inset-0 after:content-['']"
        >
          <bdi dir="auto" className="truncate font-medium group-hover:underline">
            {hit.documentName}
          </bdi>
          <span className="shrink-0 text-[13px] text-ink-muted tabular-nums">
            {t('page', { page: hit.page })}
          </span>
        </LateLink>
        <p className="mt-1 text-sm leading-relaxed text-ink-muted" dir="auto">
          {hit.snippet.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a snippet never move
            <Fragment key={index}>
              {part.hit ? (
                <mark className="rounded-[3px] bg-[oklch(0.85_0.15_85/0.35)] px-0.5 font-medium text-ink">
                  {part.text}
                </mark>
              ) : (
                part.text
              )}
            </Fragment>
          ))}
        </p>
      </div>
      <HitPicture hit={hit} />
    </li>
  );
}
