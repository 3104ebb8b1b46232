/** Milliseconds in few characters: "12 ms", "3.4 s", "2 min"; "–" for none. */
export function formatSpan(span: number | null): string {
  if (span === null) return '–';
  if (span < 1_000) return `${Math.round(span)} ms`;
  if (span < 60_000) return `${(span / 1_000).toFixed(1)} s`;
  if (span < 3_600_000) return `${Math.round(span / 60_000)} min`;
  return `${(span / 3_600_000).toFixed(1)} h`;
}
