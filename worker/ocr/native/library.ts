import { createRequire } from 'node:module';
import type * as Koffi from 'koffi';
import { FanfoldError } from '#server/errors.ts';

const require = createRequire(import.meta.url);

/** An object of the library's. */
export type Pointer = bigint;

/** Its functions; `async` runs one in a thread of Node's pool. */
export type TesseractLibrary = ReturnType<typeof bind> & { version: string };

/** A method that the C API leaves out, by the name that compilers give it on Linux and macOS alike. */
const ROW_ATTRIBUTES = '_ZNK9tesseract12PageIterator13RowAttributesEPfS1_S1_';

const USABLE_VERSION = /^5\./;

/**
 * Loads Tesseract's C API (capi.h of Tesseract 5) into this process: a path, or a name that the system's
 * loader finds. Throws ENGINE_MISSING.
 */
export function loadTesseract(path: string): TesseractLibrary {
  try {
    // Only here: it is not there for every platform, and other engines do without it.
    const koffi = require('koffi') as typeof Koffi;
    // Node brings an OpenSSL and a zlib of its own, which the library's must not be mixed with.
    const library = koffi.load(path, { lazy: true, deep: true });
    const version = library.func('const char *TessVersion()')() as string;
    if (!USABLE_VERSION.test(version)) throw new Error(`it is Tesseract ${version}, not 5`);
    return { ...bind(koffi, library), version };
  } catch (error) {
    throw new FanfoldError('ENGINE_MISSING', {
      sentence: `The library of Tesseract 5, ${path}, could not be loaded: ${(error as Error).message}`,
    });
  }
}

function bind(koffi: typeof Koffi, library: Koffi.LibraryHandle) {
  const bound = <F extends (...args: never[]) => unknown>(prototype: string) =>
    library.func(prototype) as unknown as Koffi.KoffiFunc<F>;
  type Each = (object: Pointer) => void;
  type Box = (...args: [Pointer, number, Int32Array, Int32Array, Int32Array, Int32Array]) => number;
  const free = bound<Each>('void TessDeleteText(void *)');
  const text = koffi.disposable('str', free);
  return {
    create: bound<() => Pointer>('void *TessBaseAPICreate()'),
    remove: bound<Each>('void TessBaseAPIDelete(void *)'),
    prepareForLayout: bound<Each>('void TessBaseAPIInitForAnalysePage(void *)'),
    load: bound<(api: Pointer, folder: string, languages: string, engine: number) => number>(
      'int TessBaseAPIInit2(void *, const char *, const char *, int)',
    ),
    setVariable: bound<(api: Pointer, name: string, value: string) => number>(
      'int TessBaseAPISetVariable(void *, const char *, const char *)',
    ),
    setImage: bound<(...args: [Pointer, Uint8Array, number, number, number, number]) => void>(
      'void TessBaseAPISetImage(void *, const uint8_t *, int, int, int, int)',
    ),
    setResolution: bound<(api: Pointer, dpi: number) => void>(
      'void TessBaseAPISetSourceResolution(void *, int)',
    ),
    setSegmentation: bound<(api: Pointer, mode: number) => void>(
      'void TessBaseAPISetPageSegMode(void *, int)',
    ),
    clear: bound<Each>('void TessBaseAPIClear(void *)'),
    analyse: bound<(api: Pointer) => Pointer | null>('void *TessBaseAPIAnalyseLayout(void *)'),
    recognize: bound<(api: Pointer, monitor: null) => number>(
      'int TessBaseAPIRecognize(void *, void *)',
    ),
    hocr: library.func('TessBaseAPIGetHOCRText', text, ['void *', 'int']) as unknown as (
      api: Pointer,
      page: number,
    ) => string | null,
    detect: bound<
      (...args: [Pointer, Int32Array, Float32Array, [string | null], Float32Array]) => number
    >(
      'int TessBaseAPIDetectOrientationScript(void *, int *, float *, _Out_ const char **, float *)',
    ),
    next: bound<(iterator: Pointer, level: number) => number>(
      'int TessPageIteratorNext(void *, int)',
    ),
    begins: bound<(iterator: Pointer, level: number) => number>(
      'int TessPageIteratorIsAtBeginningOf(void *, int)',
    ),
    boxOf: bound<Box>('int TessPageIteratorBoundingBox(void *, int, int *, int *, int *, int *)'),
    baselineOf: bound<Box>('int TessPageIteratorBaseline(void *, int, int *, int *, int *, int *)'),
    kindOf: bound<(iterator: Pointer) => number>('int TessPageIteratorBlockType(void *)'),
    rowOf: library.func(ROW_ATTRIBUTES, 'void', [
      'void *',
      'float *',
      'float *',
      'float *',
    ]) as unknown as (...args: [Pointer, Float32Array, Float32Array, Float32Array]) => void,
    removeIterator: bound<Each>('void TessPageIteratorDelete(void *)'),
  };
}
