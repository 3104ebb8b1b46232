/** The time within which a page may be looked at again; what was read by its end stays. */
export class Budget {
  /** Fires when the time is over. */
  readonly signal: AbortSignal;
  /** Whether something was left out because of it. */
  exceeded = false;

  /** `milliseconds` from now on; without them it has no end. */
  constructor(milliseconds?: number) {
    const after = (time: number) => AbortSignal.timeout(Math.max(0, Math.round(time)));
    this.signal = milliseconds === undefined ? new AbortController().signal : after(milliseconds);
  }

  /** Takes a second look, or answers with `otherwise` where the time for it is over, or runs out. */
  async look<T>(again: (signal: AbortSignal) => Promise<T>, otherwise: T): Promise<T> {
    try {
      this.signal.throwIfAborted();
      return await again(this.signal);
    } catch (error) {
      if (!this.signal.aborted) throw error;
      this.exceeded = true;
      return otherwise;
    }
  }
}
