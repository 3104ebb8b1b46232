/** The tags of a document, as far as they fit. */
export function Tags({ tags }: { tags: string[] }) {
  if (tags.length === 0) return null;
  return (
    <span className="flex min-w-0 gap-1.5 overflow-hidden">
      {tags.map((tag) => (
        <bdi
          key={tag}
          dir="auto"
          className="shrink-0 rounded-full bg-sunken px-2 py-px text-xs text-ink-muted shadow-[0_0_0_1px_var(--line)]"
        >
          {tag}
        </bdi>
      ))}
    </span>
  );
}
