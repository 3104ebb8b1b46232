'use client';

import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Box, Layout } from '#server/pages/layout.ts';
import type { Page } from '../data/trpc.ts';
import { useDetail } from '../page/use-detail.ts';
import { pictureUrl } from '../viewer/page-urls.ts';
import { Scan } from '../viewer/scan.tsx';
import { useContentWidth } from '../viewer/use-width.ts';

/** CSS pixels: of the cut, and of the letters in it. */
const HEIGHT = 176;
const LETTERS = 44;
/** No word is cut off, however long it is. */
const WIDEST = 0.8;

/** A word cut out of the picture of its page, with what stands around it. */
export function Crop({
  documentId,
  page,
  layout,
  box,
}: {
  documentId: string;
  page: Page;
  layout: Layout;
  box: Box;
}) {
  const t = useTranslations('review');
  const room = useRef<HTMLDivElement>(null);
  const width = useContentWidth(room);
  const [x0, y0, x1, y1] = box;
  const scale = Math.min(LETTERS / Math.max(1, y1 - y0), (width * WIDEST) / Math.max(1, x1 - x0));
  const detail = useDetail(documentId, page, layout.width * scale);
  const src = detail ?? pictureUrl(documentId, page, 'image');
  const left = width / 2 - ((x0 + x1) / 2) * scale;
  const top = HEIGHT / 2 - ((y0 + y1) / 2) * scale;
  return (
    <div
      ref={room}
      className="relative overflow-hidden rounded-2xl bg-paper shadow-paper"
      style={{ height: HEIGHT }}
    >
      {src && (
        <span
          className="absolute block"
          style={{ left, top, width: layout.width * scale, height: layout.height * scale }}
        >
          <Scan src={src} alt={t('picture', { page: page.number })} />
        </span>
      )}
      <span
        aria-hidden="true"
        className="absolute rounded-[4px] bg-[oklch(0.85_0.15_85/0.22)] shadow-[0_0_0_2px_oklch(0.65_0.15_75)]"
        style={{
          left: left + x0 * scale - 3,
          top: top + y0 * scale - 3,
          width: (x1 - x0) * scale + 6,
          height: (y1 - y0) * scale + 6,
        }}
      />
    </div>
  );
}
