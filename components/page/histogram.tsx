import { cn } from '../ui/cn.ts';

/** How the confidence of words is spread, from 0 on the left to 100; those below the threshold stand out. */
export function Histogram({ counts, threshold }: { counts: number[]; threshold: number }) {
  // Most words are sure: by their roots the few that are not still show.
  const tallest = Math.sqrt(Math.max(1, ...counts));
  return (
    <div aria-hidden="true" className="flex h-16 items-end gap-px">
      {counts.map((count, bin) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          key={bin}
          className={cn(
            'flex-1 rounded-t-[2px]',
            (bin + 1) * 5 <= threshold ? 'bg-warn' : 'bg-line-strong',
          )}
          style={{
            height: count === 0 ? 1 : `${Math.max(6, (100 * Math.sqrt(count)) / tallest)}%`,
          }}
        />
      ))}
    </div>
  );
}
