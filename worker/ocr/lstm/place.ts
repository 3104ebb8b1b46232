import type { CellLayer } from './chain.ts';
import { type Kernel, roundUp } from './kernel.ts';
import type { Weights } from './network.ts';

/** Addresses of a layer in the kernel's memory. */
export interface Placed {
  weights: number;
  biases: number;
  scales: number;
}

/** What the kernel sums up at once: four vectors of four outputs. */
export const BLOCK = 16;
/** Inputs in the range of activations stand for up to 1. */
const ONE = 127;
/** A sum that leaves an output no probability. */
const NEVER = -1_000_000;

/** The row of weights of an output, and the columns that its inputs take them from. */
interface Rows {
  outputs: number;
  inputs: number;
  rowOf(block: number, vector: number, lane: number): { weights: Weights; row: number };
  columnOf?(input: number): number | undefined;
}

export function placeCells(kernel: Kernel, { gates, cells, inputs }: CellLayer): Placed {
  return place(kernel, {
    outputs: cells * gates.length,
    inputs: inputs + cells,
    rowOf: (block, vector, lane) => ({ weights: gates[vector] as Weights, row: block * 4 + lane }),
  });
}

/** Pixels come column by column, each with a zero after its three. */
export function placeConvolution(kernel: Kernel, weights: Weights): Placed {
  return place(kernel, {
    outputs: BLOCK,
    inputs: 12,
    rowOf: (_, vector, lane) => ({ weights, row: vector * 4 + lane }),
    columnOf: (input) => (input % 4 === 3 ? undefined : Math.floor(input / 4) * 3 + (input % 4)),
  });
}

export function placeClasses(kernel: Kernel, weights: Weights): Placed {
  return place(kernel, {
    outputs: roundUp(weights.outputs, BLOCK),
    inputs: weights.inputs,
    rowOf: (block, vector, lane) => ({ weights, row: block * BLOCK + vector * 4 + lane }),
  });
}

/** Lays weights out as the kernel reads them: by block, inputs that one product takes, vector, lane. */
function place(kernel: Kernel, rows: Rows): Placed {
  const { outputs, inputs } = rows;
  const placed = {
    weights: kernel.take(outputs * inputs * kernel.width),
    biases: kernel.take(outputs * 4),
    scales: kernel.take(outputs * 4),
  };
  const values = kernel.weights(placed.weights, outputs * inputs);
  const biases = kernel.int32(placed.biases, outputs);
  const scales = kernel.float32(placed.scales, outputs);
  const group = 4 / kernel.width;
  for (let output = 0; output < outputs; output += 1) {
    const [block, vector, lane] = [
      Math.floor(output / BLOCK),
      Math.floor((output % BLOCK) / 4),
      output % 4,
    ];
    const { weights, row } = rows.rowOf(block, vector, lane);
    let sum = 0;
    for (let input = 0; input < inputs; input += 1) {
      const column = rows.columnOf ? rows.columnOf(input) : input;
      const weight = column === undefined ? 0 : weightAt(weights, row, column);
      const quad = (block * inputs) / group + Math.floor(input / group);
      values[((quad * 4 + vector) * 4 + lane) * group + (input % group)] = weight;
      sum += weight;
    }
    const exists = row < weights.outputs;
    biases[output] = exists
      ? weightAt(weights, row, weights.inputs) * ONE - kernel.storage.offset * sum
      : NEVER;
    scales[output] = exists ? (weights.scales[row] as number) / ONE : 1;
  }
  return placed;
}

function weightAt({ inputs, outputs, values }: Weights, row: number, column: number): number {
  return row < outputs ? (values[row * (inputs + 1) + column] as number) : 0;
}
