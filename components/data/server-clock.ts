/** Milliseconds below which the two clocks count as equal: the header knows whole seconds only. */
const TOLERANCE = 2_000;

let offset = 0;

/** Learns from a `Date` response header by how much this machine's clock is off. */
export function noteServerDate(header: string | null): void {
  const server = header ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(server)) return;
  const difference = server + 500 - Date.now();
  offset = Math.abs(difference) > TOLERANCE ? difference : 0;
}

/** Milliseconds since the epoch by the server's clock, against which its timestamps are measured. */
export function serverNow(): number {
  return Date.now() + offset;
}
