/** Between two facts of a line; on a phone, where lines break, the room between them does. */
export function Dot() {
  return (
    <span aria-hidden="true" className="text-ink-faint max-sm:hidden">
      ·
    </span>
  );
}
