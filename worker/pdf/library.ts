import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { guardPdfjs } from './guards.ts';

guardPdfjs();
// pdf.js would load it with the first file, and call that one damaged where the guards do not fit.
const WORKER = 'pdfjs-dist/legacy/build/pdf.worker.mjs';
await import(WORKER);

/** pdf.js in the build for Node, with the guards in place. */
export const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');

const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const folder = (name: string) => join(root, name) + sep;

/** What every document is opened with. Without `wasmUrl` JPEG 2000 images would be left blank. */
export const DOCUMENT_OPTIONS = {
  standardFontDataUrl: folder('standard_fonts'),
  cMapUrl: folder('cmaps'),
  cMapPacked: true,
  wasmUrl: folder('wasm'),
  iccUrl: folder('iccs'),
  useSystemFonts: false,
  isEvalSupported: false,
  enableXfa: false,
  /** Images of any size in pixels are kept as they are: their own limit is checked before. */
  canvasMaxAreaInBytes: 2 ** 31 - 1,
  /** Its warnings are the only trace of an image that it leaves out. */
  verbosity: pdfjs.VerbosityLevel.WARNINGS,
} as const;
