'use client';

import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { Page } from '../data/trpc.ts';
import { countOf, formatNumber } from '../documents/format.ts';
import { type FailedGroup, groupFailedPages } from './failed-pages.ts';

/** Reasons, and page numbers of one reason, that are named. */
const MOST_GROUPS = 3;
const MOST_PAGES = 12;

/** Names the pages that are missing from the text, and why. */
export function GapsBanner({ pages, onOpen }: { pages: Page[]; onOpen: (page: number) => void }) {
  const groups = useMemo(() => groupFailedPages(pages), [pages]);
  const count = groups.reduce((sum, group) => sum + group.pages.length, 0);
  if (count === 0) return null;
  return (
    <div className="flex shrink-0 gap-3 border-b border-line bg-warn-soft px-4 py-3 text-sm sm:px-6">
      <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden="true" />
      <div className="min-w-0">
        <p className="font-medium">
          {countOf(count, 'page')} of {formatNumber(pages.length)} could not be read
        </p>
        <ul className="mt-0.5 text-ink-muted">
          {groups.slice(0, MOST_GROUPS).map((group) => (
            <Group key={group.sentence} group={group} onOpen={onOpen} />
          ))}
          {groups.length > MOST_GROUPS && (
            <li>and {groups.length - MOST_GROUPS} further reasons</li>
          )}
        </ul>
      </div>
    </div>
  );
}

function Group({ group, onOpen }: { group: FailedGroup; onOpen: (page: number) => void }) {
  const rest = group.pages.length - MOST_PAGES;
  return (
    <li>
      {group.pages.length === 1 ? 'Page ' : 'Pages '}
      {group.pages.slice(0, MOST_PAGES).map((page, index) => (
        <span key={page}>
          {index > 0 && ', '}
          <button
            type="button"
            className="font-medium text-ink tabular-nums underline decoration-line-strong underline-offset-2 hover:decoration-ink"
            onClick={() => onOpen(page)}
          >
            {page}
          </button>
        </span>
      ))}
      {rest > 0 && ` and ${rest} more`}: {group.sentence}
    </li>
  );
}
