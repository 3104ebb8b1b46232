import { FanfoldError } from '#server/errors.ts';
import { ORIENTATION_DATA } from '#server/languages/list.ts';
import type { Turn } from '#worker/page/preview.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { RecognizeOptions } from '../engine.ts';
import { orStopped } from '../stoppable.ts';
import type { Orientation, TesseractBuild } from '../tesseract-build.ts';
import { PAGE_SEGMENTATION } from '../tesseract-options.ts';
import { loadTesseract, type TesseractLibrary } from './library.ts';
import { TesseractSession } from './session.ts';

/** Tesseract's neural engine, and the older one that alone finds orientations. */
const OEM = { legacy: 0, neural: 1 };

/** The library of an installed Tesseract, in this process. Throws ENGINE_MISSING. */
export function createNativeBuild(options: {
  tessdataPath: string;
  library: string;
}): TesseractBuild {
  return new NativeBuild(options.tessdataPath, loadTesseract(options.library));
}

class NativeBuild implements TesseractBuild {
  readonly #path: string;
  readonly #library: TesseractLibrary;
  /** By what they have loaded; the one that lays out has nothing. */
  readonly #sessions = new Map<string, TesseractSession>();

  constructor(path: string, library: TesseractLibrary) {
    this.#path = path;
    this.#library = library;
  }

  get version(): string {
    return this.#library.version;
  }

  get identity(): string {
    return this.version;
  }

  layOut(raster: GrayRaster, { segmentation, signal }: RecognizeOptions) {
    const layOut = (session: TesseractSession) => session.layOut(raster, modeOf(segmentation));
    return this.#with('', OEM.neural, layOut, signal);
  }

  async readAsHocr(raster: GrayRaster, options: RecognizeOptions) {
    const { languages, segmentation, signal, onProgress } = options;
    const read = (session: TesseractSession) => session.read(raster, modeOf(segmentation));
    const hocr = await this.#with(languages.join('+'), OEM.neural, read, signal);
    if (hocr === null) throw new FanfoldError('RECOGNITION_FAILED');
    onProgress?.(1);
    return hocr;
  }

  async orientationOf(raster: GrayRaster): Promise<Orientation | null> {
    const detect = (session: TesseractSession) => session.detect(raster);
    const found = await this.#with(ORIENTATION_DATA, OEM.legacy, detect);
    return found && { ...found, turn: ((360 - found.degrees) % 360) as Turn };
  }

  async close() {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.all(sessions.map((session) => session.close()));
  }

  /** A session that is stopped is given up: it ends by itself once its thread comes back. */
  async #with<T>(
    languages: string,
    engine: number,
    work: (session: TesseractSession) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    signal?.throwIfAborted();
    const session = this.#sessionFor(languages, engine);
    return orStopped(work(session), signal, () => {
      this.#sessions.delete(languages);
      void session.close();
    });
  }

  #sessionFor(languages: string, engine: number): TesseractSession {
    const known = this.#sessions.get(languages);
    if (known) return known;
    const data = languages ? { folder: this.#path, languages, engine } : undefined;
    const session = new TesseractSession(this.#library, data);
    this.#sessions.set(languages, session);
    return session;
  }
}

function modeOf(segmentation: RecognizeOptions['segmentation']): number {
  return Number(PAGE_SEGMENTATION[segmentation]);
}
