import type { Box } from '#server/pages/layout.ts';
import type { GrayRaster } from '#worker/page/raster.ts';

/** Boxes of connected dark pixels, one number a component in each list; x1 and y1 are exclusive. */
export interface Components {
  count: number;
  x0: Int32Array;
  y0: Int32Array;
  x1: Int32Array;
  y1: Int32Array;
  /** Dark pixels. */
  area: Int32Array;
}

export function boxOf({ x0, y0, x1, y1 }: Components, index: number): Box {
  return [x0[index], y0[index], x1[index], y1[index]] as Box;
}

/** Of a page that is all noise no more is looked at. */
const MOST_RUNS = 1_500_000;

/**
 * Finds what is connected, diagonals included, among the pixels darker than the threshold: runs of a
 * row are joined with those of the row above by union-find.
 */
export function findComponents({ data, width, height }: GrayRaster, threshold: number): Components {
  const runs = new Runs();
  let above = 0;
  for (let y = 0; y < height && runs.count < MOST_RUNS; y++) {
    const first = runs.count;
    let touching = above;
    const end = y * width + width;
    for (let at = y * width; at < end; at++) {
      if ((data[at] as number) >= threshold) continue;
      const start = at;
      while (++at < end && (data[at] as number) < threshold);
      const run = runs.add(start - end + width, at - end + width, y);
      while (touching < first && (runs.right[touching] as number) < (runs.left[run] as number))
        touching++;
      for (
        let other = touching;
        other < first && (runs.left[other] as number) <= (runs.right[run] as number);
        other++
      )
        runs.join(run, other);
    }
    above = first;
  }
  return runs.components();
}

class Runs {
  count = 0;
  left = new Int32Array(1 << 16);
  right = new Int32Array(1 << 16);
  #row = new Int32Array(1 << 16);
  #parent = new Int32Array(1 << 16);

  add(left: number, right: number, row: number): number {
    if (this.count === this.left.length) this.#grow();
    this.left[this.count] = left;
    this.right[this.count] = right;
    this.#row[this.count] = row;
    this.#parent[this.count] = this.count;
    return this.count++;
  }

  join(one: number, other: number): void {
    const [a, b] = [this.#root(one), this.#root(other)];
    if (a < b) this.#parent[b] = a;
    else this.#parent[a] = b;
  }

  components(): Components {
    const number = new Int32Array(this.count);
    let count = 0;
    for (let run = 0; run < this.count; run++) {
      const root = this.#root(run);
      number[run] = root === run ? count++ : (number[root] as number);
    }
    const found: Components = {
      count,
      x0: new Int32Array(count).fill(2 ** 31 - 1),
      y0: new Int32Array(count),
      x1: new Int32Array(count),
      y1: new Int32Array(count),
      area: new Int32Array(count),
    };
    for (let run = 0; run < this.count; run++) this.#addTo(found, number[run] as number, run);
    return found;
  }

  /** Runs come in the order of their rows. */
  #addTo({ x0, y0, x1, y1, area }: Components, component: number, run: number): void {
    const [left, right] = [this.left[run] as number, this.right[run] as number];
    const row = this.#row[run] as number;
    if (area[component] === 0) y0[component] = row;
    y1[component] = row + 1;
    if (left < (x0[component] as number)) x0[component] = left;
    if (right > (x1[component] as number)) x1[component] = right;
    (area[component] as number) += right - left;
  }

  #root(run: number): number {
    let root = run;
    while (this.#parent[root] !== root) {
      this.#parent[root] = this.#parent[this.#parent[root] as number] as number;
      root = this.#parent[root] as number;
    }
    return root;
  }

  #grow(): void {
    const grown = (list: Int32Array<ArrayBuffer>) => {
      const longer = new Int32Array(2 * list.length);
      longer.set(list);
      return longer;
    };
    this.left = grown(this.left);
    this.right = grown(this.right);
    this.#row = grown(this.#row);
    this.#parent = grown(this.#parent);
  }
}
