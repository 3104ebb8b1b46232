'use client';

import { Fragment, type MouseEvent, memo, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Segment, TracedLayout, TracedLine } from '#server/corrections/apply.ts';
import type { Block } from '#server/pages/layout.ts';
import { isSpaced } from '#server/pages/line-text.ts';
import { useFormat } from '../i18n/use-format.ts';
import { cn } from '../ui/cn.ts';
import { TEXT_STYLE } from '../viewer/page-text.tsx';
import { segmentOf, useLitWord } from './light-up.ts';
import { confidenceOf, isDoubtful } from './segments.ts';
import { TableText } from './table-text.tsx';
import type { WordChoice } from './use-word.ts';
import { LineEditor, SegmentEditor } from './word-editors.tsx';

/** The text of a page, each word to be pointed at, chosen and corrected where it stands. */
export function WordText({
  traced,
  threshold,
  word,
}: {
  traced: TracedLayout;
  threshold: number;
  word: WordChoice;
}) {
  const root = useRef<HTMLDivElement>(null);
  useLitWord(root, word.pointed, 'is-pointed', traced);
  useLitWord(root, word.chosen, 'is-chosen', traced, threshold, word.editing);
  const choose = (event: MouseEvent, editing: 'word' | null) => {
    const segment = segmentOf(event);
    if (segment === null) return;
    if (editing === null && getSelection()?.isCollapsed === false) return;
    word.choose(segment, editing);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys for the same are in the help
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys for the same are in the help
    <div
      ref={root}
      dir="auto"
      className={`word-text ${TEXT_STYLE}`}
      onPointerOver={(event) => word.point(segmentOf(event))}
      onPointerLeave={() => word.point(null)}
      onClick={(event) => choose(event, null)}
      onDoubleClick={(event) => choose(event, 'word')}
    >
      {traced.blocks.map((lines, block) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name
        <Fragment key={block}>
          {block > 0 && (isTable(traced, block - 1) ? '\n' : '\n\n')}
          <BlockText
            block={traced.layout.blocks[block]}
            lines={lines}
            threshold={threshold}
            word={word}
          />
        </Fragment>
      ))}
    </div>
  );
}

/** What follows a table begins on a line of its own. */
function isTable({ layout }: TracedLayout, block: number): boolean {
  return layout.blocks[block]?.kind === 'table';
}

function BlockText({
  block,
  lines,
  threshold,
  word,
}: {
  block: Block | undefined;
  lines: TracedLine[];
  threshold: number;
  word: WordChoice;
}) {
  const renderLine = (index: number) => {
    const line = lines[index];
    return line && <LineText line={line} threshold={threshold} {...editedIn(line, word)} />;
  };
  if (block?.kind === 'table')
    return <TableText table={block.table} lines={lines} renderLine={renderLine} />;
  return lines.map((line, index) => (
    <Fragment key={line.segments[0]?.first ?? `empty-${index}`}>
      {index > 0 && '\n'}
      {renderLine(index)}
    </Fragment>
  ));
}

/** What is edited on this line, so that the others are not rendered for it. */
function editedIn({ segments }: TracedLine, { chosen, editing }: WordChoice) {
  const here = editing !== null && segments.some(({ first }) => first === chosen);
  return { edited: here ? chosen : null, whole: here && editing === 'line' };
}

const LineText = memo(function LineText({
  line: { segments },
  threshold,
  edited,
  whole,
}: {
  line: TracedLine;
  threshold: number;
  edited: number | null;
  whole: boolean;
}) {
  if (whole) return <LineEditor segments={segments} />;
  return segments.map((segment, index) => (
    <Fragment key={segment.first}>
      {index > 0 && isApart(segments[index - 1], segment) && ' '}
      {segment.first === edited ? (
        <SegmentEditor segment={segment} />
      ) : (
        <SegmentText segment={segment} threshold={threshold} />
      )}
    </Fragment>
  ));
});

function isApart(before: Segment | undefined, after: Segment): boolean {
  return isSpaced(before?.words.at(-1)?.text ?? '', after.words[0]?.text ?? '');
}

function SegmentText({ segment, threshold }: { segment: Segment; threshold: number }) {
  const t = useTranslations('common');
  const format = useFormat();
  const doubtful = isDoubtful(segment, threshold);
  const text = segment.words.map((one) => one.text).join(' ');
  return (
    <span
      data-segment={segment.first}
      className={cn(
        'rounded-[2px] decoration-2 underline-offset-4',
        doubtful && 'is-doubtful underline decoration-warn decoration-dotted',
        segment.correction && 'underline decoration-accent/50',
      )}
      {...(doubtful && {
        title: t('confidence', { percent: format.percent(confidenceOf(segment) ?? 0) }),
      })}
    >
      {text}
    </span>
  );
}
