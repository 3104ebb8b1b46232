'use client';

import { Fragment, memo, type PointerEvent, useEffect, useRef } from 'react';
import { TEXT_STYLE } from './page-text.tsx';
import { DOUBTFUL } from './page-words.ts';
import type { PlacedWord, TextLine } from './words.ts';

const LIT = 'is-lit';

/** The text of a page, each word to be pointed at; doubtful ones are underlined. */
export function WordText({
  blocks,
  pointed,
  onPoint,
}: {
  blocks: TextLine[][];
  pointed: number | null;
  onPoint: (word: number | null) => void;
}) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (pointed === null) return;
    const word = root.current?.querySelector(`[data-word="${pointed}"]`);
    word?.classList.add(LIT);
    return () => word?.classList.remove(LIT);
  }, [pointed]);

  const point = (event: PointerEvent) => {
    const { word } = (event.target as HTMLElement).dataset;
    onPoint(word === undefined ? null : Number(word));
  };
  return (
    <div
      ref={root}
      dir="auto"
      className={`${TEXT_STYLE} [&_.is-lit]:bg-accent/25 [&_.is-lit]:shadow-[0_0_0_2px_color-mix(in_oklch,var(--accent)_25%,transparent)]`}
      onPointerOver={point}
      onPointerLeave={() => onPoint(null)}
    >
      <Blocks blocks={blocks} />
    </div>
  );
}

/** A page may have thousands of words: they are rendered once, and lit without rendering. */
const Blocks = memo(function Blocks({ blocks }: { blocks: TextLine[][] }) {
  return blocks.map((lines, index) => (
    <Fragment key={lines[0]?.key ?? index}>
      {index > 0 && '\n\n'}
      {lines.map((line, lineIndex) => (
        <Fragment key={line.key}>
          {lineIndex > 0 && '\n'}
          {line.words.map((word, wordIndex) => (
            <Fragment key={word.index}>
              {wordIndex > 0 && ' '}
              <WordSpan word={word} />
            </Fragment>
          ))}
        </Fragment>
      ))}
    </Fragment>
  ));
});

function WordSpan({ word }: { word: PlacedWord }) {
  const doubtful = word.confidence !== null && word.confidence < DOUBTFUL;
  return (
    <span
      data-word={word.index}
      className={
        doubtful
          ? 'rounded-[2px] underline decoration-warn decoration-dotted decoration-2 underline-offset-4'
          : 'rounded-[2px]'
      }
      {...(doubtful ? { title: `${Math.round(word.confidence ?? 0)}% confidence` } : {})}
    >
      {word.text}
    </span>
  );
}
