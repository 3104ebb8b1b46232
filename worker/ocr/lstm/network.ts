import { Reader } from './traineddata.ts';

/** Weights of `outputs` × (`inputs` + 1), row by row, the last of each row its bias. */
export interface Weights {
  inputs: number;
  outputs: number;
  values: Int8Array;
  /** What a sum of products of an output is multiplied by, inputs being in 127ths. */
  scales: Float64Array;
}

export type Layer =
  | { kind: 'input'; height: number; depth: number }
  | { kind: 'convolve'; halfWidth: number; halfHeight: number }
  | { kind: 'maxpool'; width: number; height: number }
  | { kind: 'full'; activation: 'tanh' | 'softmax'; weights: Weights }
  /** Gates in the order cell, input, forget, output. */
  | { kind: 'lstm'; inputs: number; cells: number; summary: boolean; gates: Weights[] }
  | { kind: 'series'; layers: Layer[] }
  | { kind: 'reversed'; along: 'x' | 'transposed'; layer: Layer };

export interface Network {
  layer: Layer;
  /** The output that says that there is no character. */
  blank: number;
}

/** The network of a line recogniser; undefined where a part is of a kind that is not known here. */
export function parseNetwork(part: Buffer): Network | undefined {
  const reader = new Reader(part);
  const layer = parseLayer(reader);
  if (!layer) return undefined;
  reader.string(); // The network's specification in letters.
  reader.skip(12); // Training flags, iterations.
  return { layer, blank: reader.int32() };
}

const INT8 = 1;
const DOUBLE = 128;

function parseLayer(reader: Reader): Layer | undefined {
  if (reader.int8() !== 0) return undefined;
  const type = reader.string();
  reader.skip(2); // Whether it is being trained, and passes errors back.
  const flags = reader.int32();
  const inputs = reader.int32();
  reader.skip(8); // Outputs and weights, which follow from the rest.
  reader.string();
  switch (type) {
    case 'Input':
      return parseInput(reader);
    case 'Convolve':
      return { kind: 'convolve', halfWidth: reader.int32(), halfHeight: reader.int32() };
    case 'Maxpool':
      return { kind: 'maxpool', width: reader.int32(), height: reader.int32() };
    case 'Tanh':
    case 'Softmax':
      return parseFull(reader, type === 'Tanh' ? 'tanh' : 'softmax');
    case 'LSTM':
    case 'SummLSTM':
      return parseLstm(reader, inputs, type === 'SummLSTM');
    case 'Series':
      return parseSeries(reader, flags);
    case 'RTLReversed':
    case 'XYTranspose':
      return parseReversed(reader, flags, type === 'RTLReversed' ? 'x' : 'transposed');
    default:
      return undefined;
  }
}

function parseInput(reader: Reader): Layer {
  reader.skip(4); // Batch.
  const height = reader.int32();
  reader.skip(4); // Width, which is free.
  const depth = reader.int32();
  reader.skip(4); // Loss.
  return { kind: 'input', height, depth };
}

function parseFull(reader: Reader, activation: 'tanh' | 'softmax'): Layer | undefined {
  const weights = parseWeights(reader);
  return weights && { kind: 'full', activation, weights };
}

function parseLstm(reader: Reader, inputs: number, summary: boolean): Layer | undefined {
  const width = reader.int32();
  const gates: Weights[] = [];
  for (let gate = 0; gate < 4; gate += 1) {
    const weights = parseWeights(reader);
    if (!weights) return undefined;
    gates.push(weights);
  }
  const cells = gates[0]?.outputs ?? 0;
  // Two-dimensional ones have a fifth gate.
  return width === inputs + cells ? { kind: 'lstm', inputs, cells, summary, gates } : undefined;
}

/** Where each layer of a stack has its own learning rate, they follow. */
const LAYER_RATES = 64;

function parseSeries(reader: Reader, flags: number): Layer | undefined {
  const layers = parseStack(reader, flags);
  return layers && { kind: 'series', layers };
}

function parseReversed(
  reader: Reader,
  flags: number,
  along: 'x' | 'transposed',
): Layer | undefined {
  const [layer] = parseStack(reader, flags) ?? [];
  return layer && { kind: 'reversed', along, layer };
}

function parseStack(reader: Reader, flags: number): Layer[] | undefined {
  const layers: Layer[] = [];
  for (let left = reader.uint32(); left > 0; left -= 1) {
    const layer = parseLayer(reader);
    if (!layer) return undefined;
    layers.push(layer);
  }
  if (flags & LAYER_RATES) reader.skip(4 * reader.uint32());
  return layers;
}

function parseWeights(reader: Reader): Weights | undefined {
  const mode = reader.int8() & 0xff;
  if (!(mode & INT8) || !(mode & DOUBLE)) return undefined;
  const outputs = reader.int32();
  const columns = reader.int32();
  reader.skip(1); // What an empty array is filled with.
  const bytes = reader.bytes(outputs * columns);
  const values = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const scales = Float64Array.from({ length: reader.uint32() }, () => reader.float64());
  return { inputs: columns - 1, outputs, values, scales };
}
