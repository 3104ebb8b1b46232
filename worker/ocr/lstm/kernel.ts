import { readFile } from 'node:fs/promises';

type Routine = (...values: number[]) => void;

interface Exports {
  relaxedDot(weight: number, value: number): number;
  lstm8: Routine;
  lstm16: Routine;
  convolve8: Routine;
  convolve16: Routine;
  softmax8: Routine;
  softmax16: Routine;
}

/** How activations are stored so that this processor's products come out right. */
export interface Storage {
  bits: 8 | 16;
  /** Added to each. */
  offset: number;
}

const PAGE = 65_536;
/** Bytes by which memory grows, and up to which it may: some thousands of lines at once. */
const GROWTH = 4 * 1024 * 1024;
const MOST = 1024 * 1024 * 1024;
/** Below are the numbers that the routines keep. */
const START = 4096;

const compiled = readFile(new URL('./kernel/kernel.wasm', import.meta.url)).then((bytes) =>
  WebAssembly.compile(bytes),
);

/** Loads the routines of `kernel/assembly.ts` with a memory of their own. */
export async function loadKernel(storage?: Storage): Promise<Kernel> {
  return new Kernel(await compiled, storage);
}

/** Runs the routines, and gives out their memory from bottom to top. */
export class Kernel {
  readonly storage: Storage;
  readonly #exports: Exports;
  readonly #memory = new WebAssembly.Memory({ initial: GROWTH / PAGE, maximum: MOST / PAGE });
  #top = START;

  constructor(module: WebAssembly.Module, storage?: Storage) {
    const instance = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
    this.#exports = instance.exports as unknown as Exports;
    this.storage = storage ?? storageOf(this.#exports);
  }

  run(routine: 'lstm' | 'convolve' | 'softmax', ...values: number[]): void {
    this.#exports[`${routine}${this.storage.bits}`](...values);
  }

  /** Bytes of an activation or a weight. */
  get width(): number {
    return this.storage.bits / 8;
  }

  /** The address of so many bytes, a multiple of 16. Views of before may be gone. */
  take(bytes: number): number {
    const at = this.#top;
    this.#top = roundUp(at + bytes, 16);
    const lacking = this.#top - this.#memory.buffer.byteLength;
    if (lacking > 0) this.#memory.grow(roundUp(lacking, GROWTH) / PAGE);
    return at;
  }

  /** Where the free memory begins; what is taken later is given back by `release`. */
  mark(): number {
    return this.#top;
  }

  release(mark: number): void {
    this.#top = mark;
  }

  int32(at: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, at, length);
  }

  float32(at: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, length);
  }

  weights(at: number, length: number): Int8Array | Int16Array {
    const { buffer } = this.#memory;
    return this.storage.bits === 16
      ? new Int16Array(buffer, at, length)
      : new Int8Array(buffer, at, length);
  }

  activations(at: number, length: number): Uint8Array | Int16Array {
    const { buffer } = this.#memory;
    return this.storage.bits === 16
      ? new Int16Array(buffer, at, length)
      : new Uint8Array(buffer, at, length);
  }
}

export function roundUp(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}

/**
 * Products of bytes are four to an instruction where processors have one for them, whose second operand is
 * unsigned on x86-64 and signed on ARM; elsewhere sums of them overflow, and 16 bits are taken.
 */
function storageOf({ relaxedDot }: Exports): Storage {
  if (relaxedDot(127, 255) === 4 * 127 * 255) return { bits: 8, offset: 128 };
  if (relaxedDot(127, -127) === 4 * 127 * -127) return { bits: 8, offset: 0 };
  return { bits: 16, offset: 0 };
}
