/** Three leaves of fan-fold paper. Decorative: the name stands beside it. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <path className="fill-accent" d="M5 3h18l4 8.5H9z" />
      <path className="fill-accent opacity-60" d="M9 11.5h18L23 20.5H5z" />
      <path className="fill-accent" d="M5 20.5h18l4 8.5H9z" />
    </svg>
  );
}
