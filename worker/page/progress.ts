/** Milliseconds between two reports. */
const INTERVAL_MS = 300;

/**
 * Percent of a task, 0–100: never going back, and no oftener than every 300 ms, so that a value may
 * be left out.
 */
export function createProgress(report: (percent: number) => void): (percent: number) => void {
  let highest = -1;
  let reportedAt = Number.NEGATIVE_INFINITY;
  return (percent) => {
    const rounded = Math.min(100, Math.max(0, Math.round(percent)));
    const now = performance.now();
    if (rounded <= highest || now - reportedAt < INTERVAL_MS) return;
    highest = rounded;
    reportedAt = now;
    report(rounded);
  };
}
