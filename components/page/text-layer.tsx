'use client';

import { memo, type RefObject } from 'react';
import type { TracedLayout } from '#server/corrections/apply.ts';
import type { Box, Layout } from '#server/pages/layout.ts';
import { cn } from '../ui/cn.ts';
import { isDoubtful } from './segments.ts';

/**
 * The words of a page as transparent text in their places on its picture, to be selected there.
 * Sized by the width of what it lies on, so that it need not be rendered for another zoom.
 */
export const TextLayer = memo(function TextLayer({
  ref,
  traced,
  threshold,
}: {
  ref: RefObject<HTMLDivElement | null>;
  traced: TracedLayout;
  threshold: number;
}) {
  return (
    <div
      ref={ref}
      aria-hidden="true"
      className="text-layer absolute inset-0 overflow-hidden font-sans leading-none text-transparent [container-type:inline-size]"
    >
      {traced.blocks.flat().map(({ segments }, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
        <div key={line} className="contents">
          {segments.map((segment) =>
            segment.words.map(({ text, box }, index) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: words of a segment have no other name
                key={`${segment.first}.${index}`}
                data-segment={segment.first}
                className={cn(
                  'absolute origin-top-left cursor-text rounded-[2px] whitespace-pre',
                  isDoubtful(segment, threshold) && 'is-doubtful',
                  segment.correction && 'is-corrected',
                )}
                style={placeOf(box, text, traced.layout)}
              >
                {`${text} `}
              </span>
            )),
          )}
          <br />
        </div>
      ))}
    </div>
  );
});

/** Pixels of the font that widths are measured at. */
const MEASURED = 100;
let context: CanvasRenderingContext2D | null = null;
const widths = new Map<string, number>();

/** Of a text, in heights of its font. */
function widthOf(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length / 2;
  context.font = `${MEASURED}px ${getComputedStyle(document.body).fontFamily}`;
  const width = context.measureText(text).width / MEASURED;
  if (widths.size > 20_000) widths.clear();
  widths.set(text, width);
  return width;
}

function placeOf([x0, y0, x1, y1]: Box, text: string, { width, height }: Layout) {
  const size = Math.max(1, y1 - y0);
  const natural = widthOf(text) * size;
  const stretch = natural > 0 ? (x1 - x0) / natural : 1;
  return {
    left: `${(100 * x0) / width}%`,
    top: `${(100 * y0) / height}%`,
    width: `${(100 * natural) / width}cqw`,
    height: `${(100 * size) / width}cqw`,
    fontSize: `${(100 * size) / width}cqw`,
    transform: `scaleX(${stretch.toFixed(4)})`,
  };
}
