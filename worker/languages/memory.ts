/** Pages that are remembered. */
const REMEMBERED = 4;

/** What the pages that a process has read were in: the next one is mostly in the same. */
export class LanguageMemory {
  #last: string[] = [];

  /** What to read the next page in at first. */
  get likely(): string | undefined {
    return this.#last.at(-1);
  }

  /** Whether the next page may well be in another language. */
  get unsettled(): boolean {
    return new Set(this.#last).size !== 1;
  }

  note(language: string): void {
    this.#last = [...this.#last, language].slice(-REMEMBERED);
  }
}
