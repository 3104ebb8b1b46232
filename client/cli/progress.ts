import type { CliContext } from './context.ts';
import { createBars } from './progress-bars.ts';
import { createLines } from './progress-lines.ts';

/** How far a file is: `done` of `total`, in the unit of its phase. */
export interface FileState {
  /** A word for what is being done. */
  phase: 'checking' | 'uploading' | 'waiting' | 'reading' | 'finishing' | 'disconnected';
  done: number;
  total: number;
  /** The same in words, e.g. `3 of 20 pages`. */
  detail: string;
}

export interface FileProgress {
  update(state: FileState): void;
  /** Says what became of it. */
  end(outcome: string): void;
}

export interface ProgressView {
  file(name: string): FileProgress;
  stop(): void;
}

/** Bars on a terminal, lines elsewhere, nothing when quiet; on stderr. */
export function createProgress({ stderr }: CliContext, quiet: boolean): ProgressView {
  if (quiet) return SILENT;
  return stderr.isTTY ? createBars(stderr) : createLines(stderr);
}

const SILENT: ProgressView = {
  file: () => ({ update() {}, end() {} }),
  stop() {},
};
