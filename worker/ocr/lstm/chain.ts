import type { Layer, Weights } from './network.ts';

/** A row of cells that remember. */
export interface CellLayer {
  inputs: number;
  cells: number;
  /** Whether it reads a line from its end. */
  backwards: boolean;
  gates: Weights[];
}

/**
 * The layers that all of Tesseract's fast networks consist of: a 3 × 3 convolution with the greatest
 * of each 3 × 3 pixels, cells that read each column from the top, cells that read along the line, classes.
 */
export interface Chain {
  /** Pixels of a line from top to bottom. */
  height: number;
  convolution: Weights;
  column: CellLayer;
  rows: CellLayer[];
  classes: Weights;
}

/** Pixels on each side of what a step of the network stands for. */
export const STEP = 3;
const CHANNELS = 16;

/** A network as such a chain; undefined where it is built otherwise. */
export function chainOf(network: Layer): Chain | undefined {
  if (network.kind !== 'series') return undefined;
  const [input, first, pool, columns, ...rest] = network.layers;
  const last = rest.pop();
  const convolution = convolutionOf(first);
  const column =
    columns?.kind === 'reversed' && columns.along === 'transposed' && cellsOf(columns.layer);
  const rows = rest.map(rowOf).filter((row) => row !== undefined);
  if (input?.kind !== 'input' || input.depth !== 1) return undefined;
  if (pool?.kind !== 'maxpool' || pool.width !== STEP || pool.height !== STEP) return undefined;
  if (last?.kind !== 'full' || last.activation !== 'softmax') return undefined;
  if (!convolution || !column || rows.length < rest.length) return undefined;
  return { height: input.height, convolution, column, rows, classes: last.weights };
}

function convolutionOf(layer: Layer | undefined): Weights | undefined {
  if (layer?.kind !== 'series') return undefined;
  const [window, full] = layer.layers;
  const fits = window?.kind === 'convolve' && window.halfWidth === 1 && window.halfHeight === 1;
  if (!fits || full?.kind !== 'full' || full.activation !== 'tanh') return undefined;
  return full.weights.outputs === CHANNELS ? full.weights : undefined;
}

function rowOf(layer: Layer): CellLayer | undefined {
  const backwards = layer.kind === 'reversed' && layer.along === 'x';
  return cellsOf(backwards ? layer.layer : layer, backwards);
}

/** Four cells make a vector, as do four inputs. */
function cellsOf(layer: Layer, backwards = false): CellLayer | undefined {
  if (layer.kind !== 'lstm' || layer.inputs % 4 !== 0 || layer.cells % 4 !== 0) return undefined;
  return { inputs: layer.inputs, cells: layer.cells, backwards, gates: layer.gates };
}
