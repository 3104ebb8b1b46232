import { FanfoldError } from '#server/errors.ts';
import { ORIENTATION_DATA } from '#server/languages/list.ts';
import type { Turn } from '#worker/page/preview.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { Engine, RecognizeOptions } from '../engine.ts';
import { parseHocr } from '../hocr.ts';
import { exists, requireTrainedData, trainedData } from '../tessdata.ts';
import { toBlocks } from '../tesseract-blocks.ts';
import {
  LEAST_SCRIPT_CONFIDENCE,
  LEAST_TURN_CONFIDENCE,
  PAGE_SEGMENTATION,
  usableDpi,
} from '../tesseract-options.ts';
import { encodeTiff } from '../tiff.ts';
import { type Outcome, runProgram } from './program.ts';

/** The page segmentation mode that finds the orientation and nothing else. */
const ORIENTATION_ONLY = '0';
/** Tesseract's neural engine, and the older one that alone finds orientations. */
const OEM = { legacy: 0, neural: 1 };

/** The Tesseract that is installed on this machine: one run of its program for each raster. */
export function createNativeTesseractEngine(options: {
  tessdataPath: string;
  /** Absolute path of the program. */
  path: string;
  /** Bytes of address space that it may take. */
  maxBytes: number;
}): Engine {
  return new NativeTesseractEngine(options);
}

class NativeTesseractEngine implements Engine {
  readonly name = 'tesseract-native';
  version = 'unknown';
  readonly #options: Parameters<typeof createNativeTesseractEngine>[0];

  constructor(options: Parameters<typeof createNativeTesseractEngine>[0]) {
    this.#options = options;
  }

  async recognize(raster: GrayRaster, options: RecognizeOptions) {
    const { languages, segmentation, onProgress, signal } = options;
    await requireTrainedData(this.#options.tessdataPath, languages);
    const hocr = ['-c', 'tessedit_create_hocr=1'];
    const outcome = await this.#run(
      raster,
      languages,
      PAGE_SEGMENTATION[segmentation],
      OEM.neural,
      { more: hocr, signal },
    );
    if (outcome.code !== 0) throw failure(outcome);
    onProgress?.(1);
    const { version, blocks } = parseHocr(outcome.stdout.toString('utf8'));
    this.version = version;
    return { blocks: toBlocks(blocks) };
  }

  async findTurn(raster: GrayRaster) {
    const found = await this.#detect(raster);
    const turn = Number(/^Rotate: (\d+)/m.exec(found)?.[1] ?? Number.NaN);
    const confidence = Number(/^Orientation confidence: (\S+)/m.exec(found)?.[1] ?? 0);
    if (Number.isNaN(turn) || confidence < LEAST_TURN_CONFIDENCE) return null;
    return turn as Turn;
  }

  async findScript(raster: GrayRaster) {
    const found = await this.#detect(raster);
    const confidence = Number(/^Script confidence: (\S+)/m.exec(found)?.[1] ?? 0);
    if (confidence < LEAST_SCRIPT_CONFIDENCE) return null;
    return /^Script: (\S+)/m.exec(found)?.[1] ?? null;
  }

  /** What the program says of orientation and script, a line each; nothing where it cannot tell. */
  async #detect(raster: GrayRaster): Promise<string> {
    if (!(await exists(trainedData(this.#options.tessdataPath, ORIENTATION_DATA)))) return '';
    const { code, stdout } = await this.#run(
      raster,
      [ORIENTATION_DATA],
      ORIENTATION_ONLY,
      OEM.legacy,
    );
    return code === 0 ? stdout.toString('utf8') : '';
  }

  async close() {}

  #run(
    raster: GrayRaster,
    languages: string[],
    psm: string,
    oem: number,
    { more = [], signal }: { more?: string[]; signal?: AbortSignal | undefined } = {},
  ): Promise<Outcome> {
    const { path, tessdataPath, maxBytes } = this.#options;
    const data = ['--tessdata-dir', tessdataPath, '-l', languages.join('+')];
    const modes = ['--psm', psm, '--oem', String(oem), '--dpi', String(usableDpi(raster))];
    return runProgram(path, ['stdin', 'stdout', ...data, ...modes, ...more], {
      input: encodeTiff(raster),
      maxBytes,
      signal,
    });
  }
}

function failure({ code, signal, stderr }: Outcome): FanfoldError {
  const detail = `the program ended with ${signal ?? code}: ${stderr.slice(-1_000)}`;
  if (/bad_alloc/.test(stderr)) return new FanfoldError('PAGE_OUT_OF_MEMORY', { detail });
  return new FanfoldError('RECOGNITION_FAILED', { detail });
}
