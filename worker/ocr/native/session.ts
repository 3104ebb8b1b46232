import type { KoffiFunc } from 'koffi';
import { FanfoldError } from '#server/errors.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { LayoutBlock } from '../lstm/runs.ts';
import { usableDpi } from '../tesseract-options.ts';
import { layoutOf } from './layout.ts';
import type { Pointer, TesseractLibrary } from './library.ts';

export interface LoadedData {
  folder: string;
  /** Tesseract names, joined by `+`. */
  languages: string;
  /** Tesseract's number of the engine that uses it. */
  engine: number;
}

/** A Tesseract in memory, for one raster at a time. What takes long runs in a thread. */
export class TesseractSession {
  readonly #library: TesseractLibrary;
  readonly #api: Pointer;
  #running: Promise<unknown> = Promise.resolve();

  /** Without data it only lays out. Throws RECOGNITION_FAILED where the data is of no use. */
  constructor(library: TesseractLibrary, data?: LoadedData) {
    this.#library = library;
    this.#api = library.create();
    if (data) this.#load(data);
    else library.prepareForLayout(this.#api);
    // It would write to the standard error of this process.
    library.setVariable(this.#api, 'debug_file', '/dev/null');
  }

  layOut(raster: GrayRaster, mode: number): Promise<LayoutBlock[]> {
    return this.#see(raster, mode, async () => {
      const iterator = await this.#run(this.#library.analyse, this.#api);
      if (iterator === null) return [];
      const layout = layoutOf(this.#library, iterator);
      this.#library.removeIterator(iterator);
      return layout;
    });
  }

  /** hOCR; null where it cannot be read. */
  read(raster: GrayRaster, mode: number): Promise<string | null> {
    return this.#see(raster, mode, async () => {
      const failed = await this.#run(this.#library.recognize, this.#api, null);
      return failed ? null : this.#library.hocr(this.#api, 0);
    });
  }

  /** The clockwise degrees by which the raster is turned; null where that cannot be told. */
  detect(raster: GrayRaster) {
    const degrees = new Int32Array(1);
    const [turn, confidence] = [new Float32Array(1), new Float32Array(1)];
    const script: [string | null] = [null];
    return this.#see(raster, 0, async () => {
      const { detect } = this.#library;
      const found = await this.#run(detect, this.#api, degrees, turn, script, confidence);
      const [name] = script;
      if (!found || name === null) return null;
      return {
        degrees: degrees[0] as number,
        turnConfidence: turn[0] as number,
        script: name,
        scriptConfidence: confidence[0] as number,
      };
    });
  }

  /** Once nothing runs in it any more. */
  async close(): Promise<void> {
    await this.#running.catch(() => {});
    this.#library.remove(this.#api);
  }

  #load({ folder, languages, engine }: LoadedData): void {
    if (this.#library.load(this.#api, folder, languages, engine) === 0) return;
    this.#library.remove(this.#api);
    throw new FanfoldError('RECOGNITION_FAILED', { detail: `${languages} could not be loaded` });
  }

  #see<T>(raster: GrayRaster, mode: number, look: () => Promise<T>): Promise<T> {
    const { data, width, height } = raster;
    const library = this.#library;
    library.setSegmentation(this.#api, mode);
    library.setImage(this.#api, data, width, height, 1, width);
    library.setResolution(this.#api, usableDpi(raster));
    const seen = look().finally(() => library.clear(this.#api));
    this.#running = seen;
    return seen;
  }

  #run<F extends (...args: never[]) => unknown>(
    call: KoffiFunc<F>,
    ...args: Parameters<F>
  ): Promise<ReturnType<F>> {
    const { promise, resolve, reject } = Promise.withResolvers<ReturnType<F>>();
    call.async(...args, (error, result) => (error ? reject(error) : resolve(result)));
    return promise;
  }
}
