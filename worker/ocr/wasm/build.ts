import tesseract from 'tesseract.js';
import { toFanfoldError } from '#server/errors.ts';
import { ORIENTATION_DATA } from '#server/languages/list.ts';
import type { Turn } from '#worker/page/preview.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { RecognizeOptions } from '../engine.ts';
import type { LayoutBlock } from '../lstm/runs.ts';
import { orStopped } from '../stoppable.ts';
import type { Orientation, TesseractBuild } from '../tesseract-build.ts';
import { PAGE_SEGMENTATION, usableDpi } from '../tesseract-options.ts';
import { encodeTiff } from '../tiff.ts';

const { createWorker, OEM } = tesseract;

/** What is asked of a raster besides its text; without anything that needs it, none is read. */
type Output = { layoutBlocks: true; text: false } | { hocr: true; text: false };

/** Tesseract in WebAssembly (tesseract.js), in threads of its own. */
export function createWasmBuild(options: { tessdataPath: string }): TesseractBuild {
  return new WasmBuild(options.tessdataPath);
}

class WasmBuild implements TesseractBuild {
  version = 'unknown';
  readonly identity = 'bundled';
  readonly #path: string;
  #reader: tesseract.Worker | undefined;
  #orienter: tesseract.Worker | undefined;
  #languages = '';
  /** What the reader was last told. */
  #parameters = '';
  #onProgress: ((share: number) => void) | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async layOut(raster: GrayRaster, options: RecognizeOptions) {
    const page = await this.#run(raster, options, { layoutBlocks: true, text: false });
    // The library's types do not name the layout of a page that was not read.
    const { layoutBlocks } = page as { layoutBlocks?: LayoutBlock[] | null };
    return layoutBlocks ?? [];
  }

  async readAsHocr(raster: GrayRaster, options: RecognizeOptions) {
    this.#onProgress = options.onProgress;
    try {
      return (await this.#run(raster, options, { hocr: true, text: false })).hocr ?? '';
    } finally {
      this.#onProgress = undefined;
    }
  }

  async orientationOf(raster: GrayRaster): Promise<Orientation | null> {
    this.#orienter ??= await this.#start([ORIENTATION_DATA], OEM.TESSERACT_ONLY);
    await this.#orienter.setParameters({ user_defined_dpi: String(usableDpi(raster)) });
    const found = await this.#orienter.detect(Buffer.from(encodeTiff(raster))).catch(() => null);
    const { orientation_degrees: turn, script } = found?.data ?? {};
    if (turn === null || turn === undefined || !script) return null;
    return {
      turn: turn as Turn,
      turnConfidence: found?.data.orientation_confidence ?? 0,
      script,
      scriptConfidence: found?.data.script_confidence ?? 0,
    };
  }

  async close() {
    await Promise.all([this.#reader?.terminate(), this.#orienter?.terminate()]);
    this.#reader = undefined;
    this.#orienter = undefined;
  }

  async #run(raster: GrayRaster, options: RecognizeOptions, output: Output) {
    const { signal } = options;
    const reader = await this.#readerFor(raster, options);
    signal?.throwIfAborted();
    const run = reader.recognize(Buffer.from(encodeTiff(raster)), {}, output).catch((error) => {
      throw toFanfoldError(error, 'RECOGNITION_FAILED');
    });
    const { data } = await orStopped(run, signal, () => this.#dropReader());
    this.version = data.version;
    return data;
  }

  async #readerFor(raster: GrayRaster, { languages, segmentation }: RecognizeOptions) {
    const reader = await this.#loadReader(languages);
    const parameters = {
      tessedit_pageseg_mode: PAGE_SEGMENTATION[segmentation] as tesseract.PSM,
      user_defined_dpi: String(usableDpi(raster)),
    };
    if (JSON.stringify(parameters) !== this.#parameters) {
      await reader.setParameters(parameters);
      this.#parameters = JSON.stringify(parameters);
    }
    return reader;
  }

  async #loadReader(languages: string[]): Promise<tesseract.Worker> {
    const wanted = languages.join('+');
    if (this.#reader && wanted === this.#languages) return this.#reader;
    if (this.#reader) await this.#reader.reinitialize(wanted, OEM.LSTM_ONLY);
    this.#reader ??= await this.#start([...languages], OEM.LSTM_ONLY);
    this.#languages = wanted;
    this.#parameters = '';
    return this.#reader;
  }

  /** What runs in a thread is stopped by ending the thread. */
  #dropReader(): void {
    void this.#reader?.terminate();
    this.#reader = undefined;
  }

  /** A name without a file would leave the library waiting for ever. */
  #start(names: string[], oem: tesseract.OEM): Promise<tesseract.Worker> {
    const legacy = oem === OEM.TESSERACT_ONLY;
    return createWorker(names, oem, {
      langPath: this.#path,
      gzip: false,
      cacheMethod: 'none',
      legacyCore: legacy,
      legacyLang: legacy,
      logger: ({ status, progress }) => {
        if (status === 'recognizing text') this.#onProgress?.(progress);
      },
      // Without a handler the library throws outside of any promise; the rejection says the same.
      errorHandler: () => {},
    });
  }
}
