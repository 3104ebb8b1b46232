'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Segment } from '#server/corrections/apply.ts';
import { type Page, useTRPCClient } from '../data/trpc.ts';
import { useDocument, usePages } from '../data/use-documents.ts';
import { isDoubtful, nextDoubtful, segmentsOf } from '../page/segments.ts';
import { useCorrect } from '../page/use-correct.ts';
import { useTracedPage } from '../page/use-page-data.ts';
import { useThreshold } from '../page/use-threshold.ts';

/** Where a reviewer stands: a page, and a word of its layout; null before its first. */
interface Position {
  page: number;
  word: number | null;
  step: 1 | -1;
}

const NOWHERE: Page = {
  number: 0,
  status: 'pending',
  layout: null,
  seq: 0,
} as Page;

/** The doubtful words of a document, one after the other. */
export function useReview(documentId: string) {
  const document = useDocument(documentId).data;
  const pages = usePages(documentId).data;
  const [threshold, setThreshold] = useThreshold();
  const doubts = useDoubts(documentId, threshold, document?.seq);
  const [position, setPosition] = useState<Position | null>(null);
  const [held, setHeld] = useState<Segment | null>(null);
  const number = position?.page ?? doubts?.pages[0]?.number;
  const page = pages?.find((one) => one.number === number);
  const traced = useTracedPage(documentId, page ?? NOWHERE);
  const { correct } = useCorrect(documentId, page);
  const segments = traced ? segmentsOf(traced) : [];
  const here = segments.filter((segment) => isDoubtful(segment, threshold));
  const current = held ?? currentOf(here, position);
  const left = doubts?.pages.reduce((sum, { words }) => sum + words, 0);
  const total = useLargest(left, threshold);

  const move = (step: 1 | -1, from = current?.first ?? null) => {
    if (number === undefined) return;
    setHeld(null);
    const next = nextDoubtful(here, threshold, from, step);
    const goesOn = next && from !== null && (step === 1 ? next.first > from : next.first < from);
    if (goesOn) return setPosition({ page: number, word: next.first, step });
    const others = doubts?.pages.map((one) => one.number) ?? [];
    const to =
      step === 1 ? others.find((one) => one > number) : others.findLast((one) => one < number);
    if (to !== undefined) setPosition({ page: to, word: null, step });
    else if (step === 1) setPosition({ page: number, word: Number.POSITIVE_INFINITY, step });
  };
  const begun = (position?.word ?? null) === null;
  const empty = begun && traced !== undefined && current === undefined;
  useGoOnWhereEmpty(empty, () => move(position?.step ?? 1, -1));

  const decide = async (segment: Segment, text: string) => {
    move(1, segment.first);
    await correct([segment], text);
  };
  /** Somebody types: their word stays, as it was, whatever others make of it meanwhile. */
  const hold = (segment: Segment | null) => {
    if (number === undefined || segment?.first === held?.first) return;
    setHeld(segment);
    if (segment) setPosition({ page: number, word: segment.first, step: 1 });
  };
  const restart = () => setPosition(null);
  return {
    document,
    page,
    traced,
    current,
    left,
    total,
    threshold,
    setThreshold,
    move,
    decide,
    hold,
    restart,
    /** Everything that decides what is shown is there. */
    ready:
      doubts !== undefined && pages !== undefined && (number === undefined || traced !== undefined),
  };
}

/** The word itself, or the next that is still doubtful: one that was decided is so no longer. */
function currentOf(here: Segment[], position: Position | null): Segment | undefined {
  if (!position || position.word === null) return position?.step === -1 ? here.at(-1) : here[0];
  const { word } = position;
  return here.find(({ first }) => first >= word);
}

function useDoubts(documentId: string, threshold: number, seq: number | undefined) {
  const client = useTRPCClient();
  return useQuery({
    queryKey: ['doubts', documentId, threshold, seq],
    queryFn: ({ signal }) => client.corrections.doubts.query({ documentId, threshold }, { signal }),
    enabled: seq !== undefined,
    gcTime: 0,
    placeholderData: (previous, query) => (query?.queryKey[2] === threshold ? previous : undefined),
  }).data;
}

/** The most that was ever left, so that progress has a whole to be of. */
function useLargest(left: number | undefined, threshold: number): number {
  const known = useRef({ threshold, most: 0 });
  if (known.current.threshold !== threshold) known.current = { threshold, most: 0 };
  known.current.most = Math.max(known.current.most, left ?? 0);
  return known.current.most;
}

function useGoOnWhereEmpty(empty: boolean, goOn: () => void): void {
  const latest = useRef(goOn);
  latest.current = goOn;
  useEffect(() => {
    if (empty) latest.current();
  }, [empty]);
}
