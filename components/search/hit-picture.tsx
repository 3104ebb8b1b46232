'use client';

import type { PageHit } from '../data/trpc.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { pictureUrl } from '../viewer/page-urls.ts';
import { Scan } from '../viewer/scan.tsx';
import { usePageLayout } from '../viewer/use-page-text.ts';
import { cutAround, hitBoxes } from './hit-boxes.ts';

/** The part of the page where the hit stands, with the hit boxed. */
export function HitPicture({ hit }: { hit: PageHit }) {
  const page = { number: hit.page, layout: hit.layout, image: hit.image };
  const { data: layout } = usePageLayout(hit.documentId, page);
  const src = pictureUrl(hit.documentId, page, 'image');
  if (!src || !hit.layout) return null;
  if (!layout) return <Skeleton className="h-20 w-full rounded-lg!" />;
  const found = hit.snippet.filter((part) => part.hit).map(({ text }) => text);
  const boxes = hitBoxes(layout, found);
  const [left, top, right, bottom] = cutAround(layout, boxes);
  const share = (length: number, whole: number) => `${(100 * length) / whole}%`;
  return (
    <span
      className="relative block w-full overflow-hidden rounded-lg bg-paper shadow-paper"
      style={{ aspectRatio: `${right - left} / ${bottom - top}` }}
    >
      <span
        className="absolute block"
        style={{
          left: share(-left, right - left),
          top: share(-top, bottom - top),
          width: share(layout.width, right - left),
          height: share(layout.height, bottom - top),
        }}
      >
        <Scan src={src} alt="" loading="lazy" />
        {boxes.map(([x0, y0, x1, y1]) => (
          <span
            key={`${x0},${y0}`}
            aria-hidden="true"
            className="absolute rounded-[3px] bg-[oklch(0.85_0.15_85/0.28)] shadow-[0_0_0_1.5px_oklch(0.65_0.15_75)]"
            style={{
              left: share(x0, layout.width),
              top: share(y0, layout.height),
              width: share(x1 - x0, layout.width),
              height: share(y1 - y0, layout.height),
            }}
          />
        ))}
      </span>
    </span>
  );
}
