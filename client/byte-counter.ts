/**
 * Adds up the bytes of several transfers, from what was there before. What it tells never falls and
 * never passes `total`.
 */
export function countBytes(options: {
  total: number;
  before: number;
  tell: (bytes: number) => void;
}): (transfer: number, bytes: number) => void {
  const { total, before, tell } = options;
  const sent = new Map<number, number>();
  let sum = before;
  let told = Math.min(before, total);
  tell(told);
  return (transfer, bytes) => {
    sum += bytes - (sent.get(transfer) ?? 0);
    sent.set(transfer, bytes);
    const shown = Math.min(sum, total);
    if (shown <= told) return;
    told = shown;
    tell(shown);
  };
}
