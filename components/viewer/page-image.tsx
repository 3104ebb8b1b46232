'use client';

import { type PointerEvent, useState } from 'react';
import type { Page } from '../data/trpc.ts';
import { cn } from '../ui/cn.ts';
import { pictureUrl } from './page-urls.ts';
import { pageCaption } from './page-words.ts';
import { Scan } from './scan.tsx';
import { type PlacedWord, type TextLine, wordAt } from './words.ts';

export interface PlacedPage {
  /** Pixels of the raster that the boxes count in. */
  size: { width: number; height: number };
  blocks: TextLine[][];
}

/** The picture of a page at the width of its room, with the word that is pointed at. */
export function PageImage({
  documentId,
  page,
  placed,
  pointed,
  onPoint,
}: {
  documentId: string;
  page: Page;
  placed: PlacedPage | undefined;
  pointed: number | null;
  onPoint: (word: number | null) => void;
}) {
  const src = pictureUrl(documentId, page, 'image');
  if (!src || !page.image) return <Undrawn page={page} />;
  const { width, height } = page.image;
  const point = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    if (!placed) return;
    const shown = currentTarget.getBoundingClientRect();
    const x = ((clientX - shown.left) / shown.width) * placed.size.width;
    const y = ((clientY - shown.top) / shown.height) * placed.size.height;
    onPoint(wordAt(placed.blocks, x, y)?.index ?? null);
  };
  return (
    <div
      className="relative mx-auto w-full max-w-4xl overflow-hidden rounded-[3px] bg-paper shadow-paper"
      style={{ aspectRatio: `${width} / ${height}` }}
      onPointerMove={point}
      onPointerLeave={() => onPoint(null)}
    >
      <Picture
        key={page.image.version}
        src={src}
        preview={pictureUrl(documentId, page, 'thumbnail')}
        alt={`Page ${page.number} as it was scanned`}
        width={width}
        height={height}
      />
      {placed && <PointedWord placed={placed} index={pointed} />}
    </div>
  );
}

/** The small picture shows until the large one is there. */
function Picture({
  preview,
  alt,
  ...props
}: {
  src: string;
  preview: string | null;
  alt: string;
  width: number;
  height: number;
}) {
  const [loaded, setLoaded] = useState(false);
  return (
    <>
      {preview && !loaded && <Scan src={preview} alt="" className="blur-[2px]" />}
      <Scan
        {...props}
        alt={alt}
        onLoad={() => setLoaded(true)}
        className={cn('transition-opacity duration-200', !loaded && 'opacity-0')}
      />
    </>
  );
}

function PointedWord({ placed, index }: { placed: PlacedPage; index: number | null }) {
  const word = index === null ? undefined : findWord(placed.blocks, index);
  if (!word) return null;
  const [x0, y0, x1, y1] = word.box;
  const { width, height } = placed.size;
  const percent = (value: number, of: number) => `${(100 * value) / of}%`;
  return (
    <span
      aria-hidden="true"
      className="pointer-events-none absolute rounded-[2px] bg-[oklch(0.85_0.17_145/0.45)] shadow-[0_0_0_2px_oklch(0.55_0.15_155)]"
      style={{
        left: percent(x0, width),
        top: percent(y0, height),
        width: percent(x1 - x0, width),
        height: percent(y1 - y0, height),
      }}
    />
  );
}

function findWord(blocks: TextLine[][], index: number): PlacedWord | undefined {
  for (const line of blocks.flat()) {
    const word = line.words.find((candidate) => candidate.index === index);
    if (word) return word;
  }
  return undefined;
}

function Undrawn({ page }: { page: Page }) {
  return (
    <div className="perforated mx-auto grid aspect-[1/1.414] w-full max-w-4xl place-items-center rounded-[3px] bg-paper shadow-paper">
      <p className="text-sm text-ink-muted">
        {page.status === 'processing'
          ? `Being read, ${pageCaption(page)}`
          : 'There is no picture of this page yet'}
      </p>
    </div>
  );
}
