import type { BenchSet } from './sets.ts';

export interface Run {
  /** Seconds from the start to the last page. */
  wall: number;
  /** Seconds until every output was written, where that is later. */
  total: number;
  /** Seconds of processor time, until every output was written. */
  cpu: number;
  /** Bytes resident at the peak: of all processes together, and of the largest. */
  peakSum: number;
  peakLargest: number;
  /** The text of each page, in order. */
  texts: string[];
}

/** Something that reads files; all read the same ones in turn. */
export interface Contender {
  name: string;
  title: string;
  /** Why it cannot run here, and how to get it; null where it can. */
  missing(): Promise<string | null>;
  run(set: BenchSet): Promise<Run>;
}
