/** From 1, both ends included; `to` is infinite where the range has no end. */
export interface PageSpan {
  from: number;
  to: number;
}

const MAX_SPANS = 200;
const SPAN = /^(\d{1,6})(?:\s*(-)\s*(\d{1,6})?)?$/;

/** Reads `1-3,7,20-` (20 and all after it); null where it is no such list or a span runs backwards. */
export function parsePageRange(text: string): PageSpan[] | null {
  const parts = text.split(',').map((part) => SPAN.exec(part.trim()));
  if (parts.length > MAX_SPANS) return null;
  const spans = parts.map((match) => match && toSpan(match));
  return spans.every((span) => span !== null && span.from >= 1 && span.from <= span.to)
    ? (spans as PageSpan[])
    : null;
}

function toSpan([, from, dash, to]: RegExpExecArray): PageSpan {
  if (to) return { from: Number(from), to: Number(to) };
  return { from: Number(from), to: dash ? Number.POSITIVE_INFINITY : Number(from) };
}

/** The pages of a file of `count` pages that the range names, in ascending order. */
export function pagesInRange(range: string | null, count: number): number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  const spans = range === null ? null : parsePageRange(range);
  if (!spans) return all;
  return all.filter((page) => spans.some(({ from, to }) => page >= from && page <= to));
}

/** Whether the range names pages after the last one of a file of `count` pages. */
export function reachesBeyond(range: string | null, count: number): boolean {
  const spans = (range && parsePageRange(range)) || [];
  return spans.some(({ from, to }) => from > count || (Number.isFinite(to) && to > count));
}
