import { type Operation, operationsOf } from './operations.ts';

/** Text rendering mode of text that is not seen. */
const INVISIBLE = 3;

/** A content stream without its hidden text. */
export interface Stripped {
  content: string;
  /** Operators that showed hidden text, and those that show other text. */
  dropped: number;
  shown: number;
  /** Objects that it paints, each with the text rendering mode in which that begins. */
  painted: { name: string; mode: number }[];
}

/**
 * Takes out what shows text in rendering mode 3, and keeps everything else as it is written. Null
 * where that would move text that is seen: it stands where the hidden text before it ends.
 */
export function withoutHiddenText(content: string, mode = 0): Stripped | null {
  const stripper = new Stripper(mode);
  const kept: string[] = [];
  let end = 0;
  for (const operation of operationsOf(content)) {
    kept.push(stripper.keep(operation) ?? content.slice(operation.start, operation.end));
    if (stripper.displaced) return null;
    end = operation.end;
  }
  const { dropped, shown, painted } = stripper;
  return { content: kept.join('') + content.slice(end), dropped, shown, painted };
}

class Stripper {
  dropped = 0;
  shown = 0;
  readonly painted: Stripped['painted'] = [];
  /** Text that is seen would be moved. */
  displaced = false;
  #mode: number;
  readonly #saved: number[] = [];
  /** Whether the next text stands after some that was taken out. */
  #follows = false;

  constructor(mode: number) {
    this.#mode = mode;
  }

  /** What to write in place of the operation; undefined to keep it. */
  keep({ name, operands }: Operation): string | undefined {
    switch (name) {
      case 'q':
        this.#saved.push(this.#mode);
        return;
      case 'Q':
        this.#mode = this.#saved.pop() ?? this.#mode;
        return;
      case 'Tr':
        this.#mode = Number(operands);
        return;
      case 'Do':
        this.painted.push({ name: operands.replace(/^\//, ''), mode: this.#mode });
        return;
      case 'BT':
      case 'Td':
      case 'TD':
      case 'Tm':
      case 'T*':
        this.#follows = false;
        return;
      case 'Tj':
      case 'TJ':
        return this.#show('');
      case "'":
        this.#follows = false;
        return this.#show(' T*');
      case '"':
        this.#follows = false;
        return this.#show(spacings(operands));
    }
  }

  #show(instead: string): string | undefined {
    if (this.#mode === INVISIBLE) {
      this.dropped++;
      this.#follows = true;
      return instead;
    }
    this.shown++;
    if (this.#follows) this.displaced = true;
    return undefined;
  }
}

/** `aw ac string "` sets both spacings and goes to the next line. */
function spacings(operands: string): string {
  const [word = '0', character = '0'] = operands.split(/\s+/);
  return ` ${word} Tw ${character} Tc T*`;
}
