import { Skeleton } from '../ui/skeleton.tsx';

const WIDTHS = ['w-11/12', 'w-full', 'w-4/5', 'w-2/3'];

/** Of a line of text and, about, of the words on it. */
const LINE_HEIGHT = 27;
const WORDS_A_LINE = 6.5;

/** Lines that are still to come, in about the height that `words` words will take. */
export function TextSkeleton({ words = 0, still = false }: { words?: number; still?: boolean }) {
  return (
    <div aria-hidden="true" className="space-y-3.5 py-2" style={{ minHeight: textHeight(words) }}>
      {WIDTHS.map((width) => (
        <Skeleton key={width} still={still} className={`h-3 ${width}`} />
      ))}
    </div>
  );
}

/** Pixels. */
export function textHeight(words: number): number {
  return Math.ceil(words / WORDS_A_LINE) * LINE_HEIGHT;
}
