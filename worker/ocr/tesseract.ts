import { ORIENTATION_DATA } from '#server/languages/list.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { Engine, RecognizeOptions } from './engine.ts';
import { parseHocr } from './hocr.ts';
import { ModelStore } from './lstm/models.ts';
import { readLines } from './lstm/read.ts';
import { createNativeBuild } from './native/build.ts';
import { exists, hashTrainedData, requireTrainedData, trainedData } from './tessdata.ts';
import { toBlocks } from './tesseract-blocks.ts';
import type { TesseractBuild } from './tesseract-build.ts';
import { LEAST_SCRIPT_CONFIDENCE, LEAST_TURN_CONFIDENCE } from './tesseract-options.ts';
import { createWasmBuild } from './wasm/build.ts';

/** The default engine: Tesseract 5 in WebAssembly, as it comes along. */
export function createTesseractEngine(options: { tessdataPath: string }): Engine {
  return new TesseractEngine('tesseract', options.tessdataPath, createWasmBuild(options));
}

/** The Tesseract that is installed on this machine. Throws ENGINE_MISSING where it cannot be loaded. */
export function createNativeTesseractEngine(options: {
  tessdataPath: string;
  /** Its library: a path, or a name that the system's loader finds. */
  library: string;
}): Engine {
  return new TesseractEngine('tesseract-native', options.tessdataPath, createNativeBuild(options));
}

/**
 * Tesseract lays pages out; its networks read the lines in the kernel of `lstm/`, or it reads those itself
 * that the kernel cannot.
 */
class TesseractEngine implements Engine {
  readonly name: string;
  readonly #path: string;
  readonly #build: TesseractBuild;
  readonly #models: ModelStore;
  readonly #dataHashes = new Map<string, string>();

  constructor(name: string, path: string, build: TesseractBuild) {
    this.name = name;
    this.#path = path;
    this.#build = build;
    this.#models = new ModelStore(path);
  }

  get version(): string {
    return this.#build.version;
  }

  async recognize(raster: GrayRaster, options: RecognizeOptions) {
    await requireTrainedData(this.#path, options.languages);
    const models = await this.#models.modelsOf(options.languages);
    if (!models) {
      const { blocks } = parseHocr(await this.#build.readAsHocr(raster, options));
      return { blocks: toBlocks(blocks) };
    }
    const layout = await this.#build.layOut(raster, options);
    return { blocks: toBlocks(await readLines(raster, layout, models, options)) };
  }

  async identify(languages: string[]) {
    const key = languages.join('+');
    const hash = this.#dataHashes.get(key) ?? (await hashTrainedData(this.#path, languages));
    this.#dataHashes.set(key, hash);
    return `${this.#build.identity} ${hash}`;
  }

  async findTurn(raster: GrayRaster) {
    const found = await this.#look(raster);
    return found && found.turnConfidence >= LEAST_TURN_CONFIDENCE ? found.turn : null;
  }

  async findScript(raster: GrayRaster) {
    const found = await this.#look(raster);
    return found && found.scriptConfidence >= LEAST_SCRIPT_CONFIDENCE ? found.script : null;
  }

  async #look(raster: GrayRaster) {
    const data = trainedData(this.#path, ORIENTATION_DATA);
    return (await exists(data)) ? this.#build.orientationOf(raster) : null;
  }

  close() {
    return this.#build.close();
  }
}
