import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import type { SourceFile } from '#worker/page/protocol.ts';

/** PDFium's words, from public/fpdfview.h. */
const FORMAT_BGR = 2;
const DRAW_ANNOTATIONS = 0x01;
const WHITE = 0xffffffff;
/** `FPDF_FILEACCESS`: a length, a function and what it is called with, each of four bytes. */
const ACCESS_BYTES = 12;

/** A file that PDFium has opened; it reads what it needs, so that the file need not fit in memory. */
export interface PdfiumDocument {
  pageCount: number;
  /** Points of a page (from 0) as displayed; null where it does not open. */
  pageSize(index: number): { width: number; height: number } | null;
  /** Three bytes a pixel, blue first, rows from the top; null where the page does not open. */
  draw(index: number, width: number, height: number): Uint8Array | null;
  close(): void;
}

let library: Promise<WrappedPdfiumModule> | undefined;

/** Opens a file with Chrome's PDF engine; null where it does not open. */
export async function openPdfium(source: SourceFile): Promise<PdfiumDocument | null> {
  library ??= loadLibrary();
  const module = await library;
  const file = openSync(source.path, 'r');
  const access = fileAccess(module, file);
  const document = module.FPDF_LoadCustomDocument(access.pointer, source.password ?? '');
  if (document !== 0) return new OpenDocument(module, document, access.release);
  access.release();
  return null;
}

async function loadLibrary(): Promise<WrappedPdfiumModule> {
  const { init } = await import('@embedpdf/pdfium');
  const wasm = createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm');
  const module = await init({ wasmBinary: new Uint8Array(await readFile(wasm)).buffer });
  module.PDFiumExt_Init();
  return module;
}

/** Its memory, which is another one each time it has grown. */
function heapOf(module: WrappedPdfiumModule['pdfium']): Uint8Array {
  return (module as unknown as { HEAPU8: Uint8Array }).HEAPU8;
}

function fileAccess({ pdfium }: WrappedPdfiumModule, file: number) {
  const read = (_: number, position: number, to: number, length: number) => {
    const target = heapOf(pdfium).subarray(to, to + length);
    return readSync(file, target, 0, length, position >>> 0) === length ? 1 : 0;
  };
  const callback = pdfium.addFunction(read, 'iiiii');
  const pointer = pdfium.wasmExports.malloc(ACCESS_BYTES);
  pdfium.setValue(pointer, fstatSync(file).size, 'i32');
  pdfium.setValue(pointer + 4, callback, 'i32');
  pdfium.setValue(pointer + 8, 0, 'i32');
  const release = () => {
    pdfium.removeFunction(callback);
    pdfium.wasmExports.free(pointer);
    closeSync(file);
  };
  return { pointer, release };
}

class OpenDocument implements PdfiumDocument {
  readonly #module: WrappedPdfiumModule;
  readonly #document: number;
  readonly #release: () => void;

  constructor(module: WrappedPdfiumModule, document: number, release: () => void) {
    this.#module = module;
    this.#document = document;
    this.#release = release;
  }

  get pageCount(): number {
    return this.#module.FPDF_GetPageCount(this.#document);
  }

  pageSize(index: number) {
    return this.#withPage(index, (page) => ({
      width: this.#module.FPDF_GetPageWidthF(page),
      height: this.#module.FPDF_GetPageHeightF(page),
    }));
  }

  draw(index: number, width: number, height: number): Uint8Array | null {
    const { pdfium, ...api } = this.#module;
    return this.#withPage(index, (page) => {
      const bitmap = api.FPDFBitmap_CreateEx(width, height, FORMAT_BGR, 0, 0);
      if (bitmap === 0) return null;
      try {
        api.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
        api.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, DRAW_ANNOTATIONS);
        const stride = api.FPDFBitmap_GetStride(bitmap);
        const start = api.FPDFBitmap_GetBuffer(bitmap);
        return withoutPadding(
          heapOf(pdfium).subarray(start, start + stride * height),
          stride,
          width * 3,
        );
      } finally {
        api.FPDFBitmap_Destroy(bitmap);
      }
    });
  }

  close(): void {
    this.#module.FPDF_CloseDocument(this.#document);
    this.#release();
  }

  #withPage<T>(index: number, use: (page: number) => T): T | null {
    const page = this.#module.FPDF_LoadPage(this.#document, index);
    if (page === 0) return null;
    try {
      return use(page);
    } finally {
      this.#module.FPDF_ClosePage(page);
    }
  }
}

function withoutPadding(rows: Uint8Array, stride: number, bytes: number): Uint8Array {
  if (stride === bytes) return rows.slice();
  const height = rows.length / stride;
  const packed = new Uint8Array(bytes * height);
  for (let y = 0; y < height; y++)
    packed.set(rows.subarray(y * stride, y * stride + bytes), y * bytes);
  return packed;
}
