import { readdirSync, readFileSync } from 'node:fs';

export interface Usage {
  /** Seconds of processor time, user and system. */
  cpu: number;
  /** Bytes resident at the peak: of all processes together, and of the largest. */
  peakSum: number;
  peakLargest: number;
}

const INTERVAL_MS = 100;
/** Of /proc/PID/stat, which Linux fixes for user space. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/**
 * Follows a process and all below it until `stop` is called. Linux only. Time of processes that
 * have ended counts as far as their parents have waited for them.
 */
export function watchTree(root: number): { stop(): Usage } {
  const seen = { sum: 0, largest: 0 };
  const before = look(root);
  let cpu = before.cpu;
  const sample = () => {
    const now = look(root);
    cpu = Math.max(cpu, now.cpu);
    seen.sum = Math.max(seen.sum, now.sum);
    seen.largest = Math.max(seen.largest, now.largest);
  };
  sample();
  const timer = setInterval(sample, INTERVAL_MS);
  return {
    stop() {
      clearInterval(timer);
      sample();
      return { cpu: cpu - before.cpu, peakSum: seen.sum, peakLargest: seen.largest };
    },
  };
}

/** Seconds of processor time of the children of this process that have ended. */
export function endedChildrenCpu(): number {
  const { waited } = readStat(process.pid) ?? { waited: 0 };
  return waited;
}

function look(root: number): { cpu: number; sum: number; largest: number } {
  const all = readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? readStat(Number(name)) : undefined;
    return stat ? [stat] : [];
  });
  const tree = below(root, all);
  const resident = tree.map(({ bytes }) => bytes);
  return {
    cpu: tree.reduce((total, { own, waited }) => total + own + waited, 0),
    sum: resident.reduce((total, bytes) => total + bytes, 0),
    largest: Math.max(0, ...resident),
  };
}

type Stat = NonNullable<ReturnType<typeof readStat>>;

function below(root: number, all: Stat[]): Stat[] {
  const children = Map.groupBy(all, ({ parent }) => parent);
  const collect = (pid: number): Stat[] =>
    (children.get(pid) ?? []).flatMap((child) => [child, ...collect(child.pid)]);
  return [...all.filter(({ pid }) => pid === root), ...collect(root)];
}

function readStat(pid: number) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const at = (index: number) => Number(fields[index]);
    return {
      pid,
      parent: at(1),
      own: (at(11) + at(12)) / TICKS_PER_SECOND,
      waited: (at(13) + at(14)) / TICKS_PER_SECOND,
      bytes: at(21) * PAGE_BYTES,
    };
  } catch {
    return undefined;
  }
}
