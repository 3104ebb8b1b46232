import { setImmediate } from 'node:timers/promises';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { RawBlock, RawLine } from '../tesseract-blocks.ts';
import { STEP } from './chain.ts';
import { divideColumns } from './columns.ts';
import { type DecodedLine, decodeLine } from './decode.ts';
import { cutLine, normalise } from './line-image.ts';
import type { LineModel } from './model.ts';
import type { Line } from './recognizer.ts';
import { type LayoutBlock, type LayoutLine, type Run, runsOf, unite } from './runs.ts';
import { joinStacks } from './stacks.ts';
import { isUpended, turnLine } from './upended.ts';
import { wordsOf } from './words.ts';

export interface ReadLinesOptions {
  /** Share of the lines read, 0–1. */
  onProgress?: ((share: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** A model of each language, the likeliest first. */
export type LineModels = [LineModel, ...LineModel[]];

/** Tesseract's block types from here on are pictures, rules and noise. */
const FIRST_PICTURE = 9;

/**
 * Reads the lines that Tesseract laid out on a raster, many at once, as it would read them one by one.
 * Those that the first model doubts are read by the others, too, and the surest reading of a line stays.
 */
export async function readLines(
  raster: GrayRaster,
  blocks: LayoutBlock[],
  models: LineModels,
  options: ReadLinesOptions,
): Promise<RawBlock[]> {
  const text = divideColumns(
    joinStacks(blocks.filter(({ blocktype }) => blocktype < FIRST_PICTURE)),
  );
  const lines = text.flatMap(({ paragraphs }) => paragraphs.flatMap((each) => each.lines));
  const read = await readAsTheyStand(raster, lines.filter(isUpright), models, options);
  for (const line of lines) {
    if (!isUpright(line)) read.set(line, await readOnItsSide(raster, line, models, options));
  }
  return text.map(({ paragraphs }) => ({
    paragraphs: paragraphs.map((each) => ({
      lines: each.lines.map((line) => (read.get(line) as ReadLine).raw),
    })),
  }));
}

/** Fewer signs above each other are a letter or two. */
const FEW_SIGNS = 4;

function isUpright(line: LayoutLine): boolean {
  return !isUpended(line) || line.words.flatMap(({ symbols }) => symbols).length < FEW_SIGNS;
}

interface ReadLine {
  raw: RawLine;
  /** Greater is surer, of the same pixels. */
  score: number;
}

async function readAsTheyStand(
  raster: GrayRaster,
  lines: LayoutLine[],
  models: LineModels,
  options: ReadLinesOptions,
): Promise<Map<LayoutLine, ReadLine>> {
  const runs = new Map(lines.map((line) => [line, runsOf(line, raster)]));
  const readings = await readRuns(raster, [...runs.values()].flat(), models, options);
  const toReadLine = (line: LayoutLine): ReadLine => {
    let score = 0;
    const words = (runs.get(line) ?? []).flatMap((run) => {
      const { decoded, model } = readings.get(run) as Reading;
      score += decoded.score;
      const stepWidth = (STEP * (run.box.y1 - run.box.y0)) / model.recognizer.height;
      return wordsOf(run, decoded, stepWidth, model.alphabet.charset);
    });
    const bbox = words.length > 0 ? words.map((word) => word.bbox).reduce(unite) : line.bbox;
    return { raw: { bbox, baseline: line.baseline, words }, score };
  };
  return new Map(lines.map((line) => [line, toReadLine(line)]));
}

/** The layout does not say which way up it is. */
async function readOnItsSide(
  raster: GrayRaster,
  line: LayoutLine,
  models: LineModels,
  { signal }: ReadLinesOptions,
): Promise<ReadLine> {
  const tries: ReadLine[] = [];
  for (const turn of [90, 270] as const) {
    const turned = turnLine(raster, line, turn);
    const read = await readAsTheyStand(turned.raster, [turned.line], models, { signal });
    const { raw, score } = read.get(turned.line) as ReadLine;
    tries.push({ raw: turned.onPage(raw), score });
  }
  return tries.reduce((one, other) => (other.score > one.score ? other : one));
}

interface Reading {
  decoded: DecodedLine;
  model: LineModel;
}

async function readRuns(
  raster: GrayRaster,
  runs: Run[],
  [model, ...others]: LineModels,
  { onProgress, signal }: ReadLinesOptions,
): Promise<Map<Run, Reading>> {
  const readings = new Map<Run, Reading>();
  for (const batch of batchesOf(runs)) {
    const lines = batch.map(({ box }) => normalise(cutLine(raster, box, model.recognizer.height)));
    let read = readBatch(lines, model);
    for (const other of others) read = readDoubted(read, lines, other);
    batch.forEach((run, index) => {
      readings.set(run, read[index] as Reading);
    });
    onProgress?.(readings.size / runs.length);
    // What is asked of the process meanwhile, to stop for one, has its turn.
    await setImmediate();
    signal?.throwIfAborted();
  }
  return readings;
}

/** Widths of lines in their heights that are read at once: about a page. */
const BATCH = 1_200;

function* batchesOf(runs: Run[]): Generator<Run[]> {
  let batch: Run[] = [];
  let width = 0;
  for (const run of runs) {
    batch.push(run);
    width += (run.box.x1 - run.box.x0) / (run.box.y1 - run.box.y0);
    if (width < BATCH) continue;
    yield batch;
    [batch, width] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

/** Clearness below which letters may be lighter than their paper. */
const UNCLEAR = 0.7;

function readBatch(lines: Line[], model: LineModel): Reading[] {
  const readings = readAs(lines, model);
  const unclear = [...lines.keys()].filter(
    (index) => (readings[index] as Reading).decoded.clearness < UNCLEAR,
  );
  const inverted = readAs(
    unclear.map((index) => invert(lines[index] as Line)),
    model,
  );
  return replace(
    readings,
    unclear,
    inverted,
    (one, other) => other.decoded.clearness > one.decoded.clearness,
  );
}

/** Certainty of a word below which another language may read it better. */
const DOUBTED = -0.3;

function readDoubted(readings: Reading[], lines: Line[], model: LineModel): Reading[] {
  const doubted = [...lines.keys()].filter((index) =>
    (readings[index] as Reading).decoded.words.some(({ certainty }) => certainty < DOUBTED),
  );
  const others = readBatch(
    doubted.map((index) => lines[index] as Line),
    model,
  );
  return replace(
    readings,
    doubted,
    others,
    (one, other) => other.decoded.score > one.decoded.score,
  );
}

function replace(
  readings: Reading[],
  indexes: number[],
  others: Reading[],
  isBetter: (one: Reading, other: Reading) => boolean,
): Reading[] {
  const result = [...readings];
  indexes.forEach((index, place) => {
    const [one, other] = [readings[index] as Reading, others[place] as Reading];
    if (isBetter(one, other)) result[index] = other;
  });
  return result;
}

function readAs(lines: Line[], model: LineModel): Reading[] {
  if (lines.length === 0) return [];
  return model.recognizer
    .recognize(lines)
    .map((scores) => ({ decoded: decodeLine(scores, model.alphabet), model }));
}

function invert({ width, pixels }: Line): Line {
  return { width, pixels: pixels.map((pixel) => -pixel) };
}
