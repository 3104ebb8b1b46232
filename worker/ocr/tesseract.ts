import tesseract from 'tesseract.js';
import { toFanfoldError } from '#server/errors.ts';
import { ORIENTATION_DATA } from '#server/languages/list.ts';
import type { Turn } from '#worker/page/preview.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { Engine, RecognizeOptions } from './engine.ts';
import { parseHocr } from './hocr.ts';
import { type LineModel, loadModel } from './lstm/model.ts';
import { type LineModels, readLines } from './lstm/read.ts';
import type { LayoutBlock } from './lstm/runs.ts';
import { orStopped } from './stoppable.ts';
import { exists, hashTrainedData, requireTrainedData, trainedData } from './tessdata.ts';
import { toBlocks } from './tesseract-blocks.ts';
import {
  LEAST_SCRIPT_CONFIDENCE,
  LEAST_TURN_CONFIDENCE,
  PAGE_SEGMENTATION,
  usableDpi,
} from './tesseract-options.ts';
import { encodeTiff } from './tiff.ts';

const { createWorker, OEM } = tesseract;

/**
 * The default engine. Tesseract 5 in WebAssembly, in a thread of its own, lays pages out; its networks read
 * the lines in the kernel of `lstm/`, or it reads those itself that the kernel cannot.
 */
export function createTesseractEngine(options: { tessdataPath: string }): Engine {
  return new TesseractEngine(options.tessdataPath);
}

class TesseractEngine implements Engine {
  readonly name = 'tesseract';
  version = 'unknown';
  readonly #path: string;
  #reader: tesseract.Worker | undefined;
  #orienter: tesseract.Worker | undefined;
  #languages = '';
  readonly #models = new Map<string, Promise<LineModel | undefined>>();
  readonly #identities = new Map<string, string>();
  /** What the reader was last told. */
  #parameters = '';
  #onProgress: ((share: number) => void) | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async recognize(raster: GrayRaster, options: RecognizeOptions) {
    const reader = await this.#loadReader(options.languages);
    const parameters = {
      tessedit_pageseg_mode: PAGE_SEGMENTATION[options.segmentation] as tesseract.PSM,
      user_defined_dpi: String(usableDpi(raster)),
    };
    if (JSON.stringify(parameters) !== this.#parameters) {
      await reader.setParameters(parameters);
      this.#parameters = JSON.stringify(parameters);
    }
    options.signal?.throwIfAborted();
    const models = await this.#loadModels(options.languages);
    this.#onProgress = options.onProgress;
    const output = models ? { layoutBlocks: true, text: false } : { hocr: true, text: false };
    const reading = reader.recognize(Buffer.from(encodeTiff(raster)), {}, output).catch((error) => {
      throw toFanfoldError(error, 'RECOGNITION_FAILED');
    });
    const { data } = await orStopped(reading, options.signal, () => this.#dropReader()).finally(
      () => {
        this.#onProgress = undefined;
      },
    );
    this.version = data.version;
    if (!models) return { blocks: toBlocks(parseHocr(data.hocr ?? '').blocks) };
    // The library's types do not name the layout of a page that was not read.
    const { layoutBlocks } = data as { layoutBlocks?: LayoutBlock[] | null };
    return { blocks: toBlocks(await readLines(raster, layoutBlocks ?? [], models, options)) };
  }

  async identify(languages: string[]) {
    const key = languages.join('+');
    const known = this.#identities.get(key) ?? (await hashTrainedData(this.#path, languages));
    this.#identities.set(key, known);
    return known;
  }

  /** What reads the lines; undefined where a language needs Tesseract itself. */
  async #loadModels(languages: string[]): Promise<LineModels | undefined> {
    const models = await Promise.all(
      languages.map((language) => {
        const known = this.#models.get(language) ?? loadModel(trainedData(this.#path, language));
        this.#models.set(language, known);
        return known;
      }),
    );
    const [first, ...others] = models.filter((model) => model !== undefined);
    return first && others.length + 1 === languages.length ? [first, ...others] : undefined;
  }

  async findTurn(raster: GrayRaster) {
    const found = await this.#detect(raster);
    const sure = (found?.orientation_confidence ?? 0) >= LEAST_TURN_CONFIDENCE;
    return sure ? ((found?.orientation_degrees ?? null) as Turn | null) : null;
  }

  async findScript(raster: GrayRaster) {
    const found = await this.#detect(raster);
    return (found?.script_confidence ?? 0) >= LEAST_SCRIPT_CONFIDENCE
      ? (found?.script ?? null)
      : null;
  }

  async #detect(raster: GrayRaster) {
    if (!(await exists(trainedData(this.#path, ORIENTATION_DATA)))) return null;
    this.#orienter ??= await this.#start([ORIENTATION_DATA], OEM.TESSERACT_ONLY);
    await this.#orienter.setParameters({ user_defined_dpi: String(usableDpi(raster)) });
    const found = await this.#orienter.detect(Buffer.from(encodeTiff(raster))).catch(() => null);
    return found?.data ?? null;
  }

  async close() {
    await Promise.all([this.#reader?.terminate(), this.#orienter?.terminate()]);
    this.#reader = undefined;
    this.#orienter = undefined;
  }

  async #loadReader(languages: string[]): Promise<tesseract.Worker> {
    // A missing file would leave the library waiting for ever.
    await requireTrainedData(this.#path, languages);
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
