import type { Writable } from 'node:stream';
import { writeLine } from './context.ts';
import type { FileState, ProgressView } from './progress.ts';

/** Milliseconds between two lines of one file within one phase. */
const PAUSE = 5_000;

/** A line for each phase of a file, and now and then one within it. */
export function createLines(stream: Writable): ProgressView {
  return {
    file(name) {
      let last: { phase?: FileState['phase']; at: number } = { at: 0 };
      return {
        update({ phase, detail }) {
          const now = Date.now();
          if (phase === last.phase && now - last.at < PAUSE) return;
          last = { phase, at: now };
          writeLine(stream, `${name}: ${[phase, detail].filter(Boolean).join(', ')}`);
        },
        end: (outcome) => writeLine(stream, `${name}: ${outcome}`),
      };
    },
    stop() {},
  };
}
