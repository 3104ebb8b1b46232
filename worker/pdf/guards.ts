import { registerHooks } from 'node:module';
import { FanfoldError } from '#server/errors.ts';
import type { Limits } from '#worker/page/protocol.ts';
import { tripleSamples } from '#worker/page/samples.ts';
import { complain } from './complaints.ts';
import { decodeJpeg, type JpegRequest } from './jpeg.ts';
import { countsTooFew } from './page-tree.ts';
import { faxEndsEarly, jbig2EndsEarly } from './pixel-data.ts';

/** Drawing operators of one page; each takes about a kilobyte until the page is done. */
const MAX_OPERATORS = 750_000;

const NAME = 'fanfold.pdf.guard';
/** Besides pdf.js's own kinds of images: one sample of 8 bits a pixel, of which it would make three. */
export const GRAY_8BPP = 4;

/** What a page has used so far. */
const guard = {
  bytes: 0,
  mostBytes: Number.POSITIVE_INFINITY,
  operators: 0,
  /** JPEGs that sharp has decoded without a warning. */
  soundJpegs: 0,
  onTooManyOperators: () => {},
  countsTooFew,
  tripleSamples,
  faxEndsEarly,
  jbig2EndsEarly,
  async decodeJpeg(request: JpegRequest) {
    const { samples, damaged } = await decodeJpeg(request);
    if (samples) guard.soundJpegs++;
    if (damaged) complain('Image data is damaged.');
    return samples;
  },
  addBytes(bytes: number) {
    guard.bytes += bytes;
    if (guard.bytes > guard.mostBytes) throw new RangeError('streams unpack to too many bytes');
  },
  addOperator() {
    if (++guard.operators === MAX_OPERATORS) guard.onTooManyOperators();
  },
};

const GUARD = `globalThis[Symbol.for('${NAME}')]`;

/**
 * pdf.js unpacks a stream to whatever size it has, follows forms within forms without end, and shrinks
 * images of more than 2,048 pixels where there is no OffscreenCanvas. It decodes JPEGs in JavaScript, at
 * ten times the cost of libjpeg. It believes a table of pages that counts fewer than it holds, and takes
 * a page whose content is missing for an empty one, and missing pixels for black ones. It has no option for any of these, so its source is
 * changed while it is loaded: bytes and operators are counted, images keep their size, plain JPEGs are
 * decoded by sharp, gray ones to a sample a pixel, all pages are found, and content and pixels that are missing are complained of, also
 * where what unpacks or decodes them leaves them out in silence.
 */
const CHANGES: [place: string, replacement: string][] = [
  [
    'const buffer2 = new Uint8Array(size);\n    buffer2.set(buffer);',
    `${GUARD}.addBytes(size - buffer.byteLength);\n    const buffer2 = new Uint8Array(size);\n    buffer2.set(buffer);`,
  ],
  [
    'totalLength += chunk.byteLength;\n      }\n      if (chunks.length === 1)',
    `totalLength += chunk.byteLength;\n        ${GUARD}.addBytes(chunk.byteLength);\n      }\n      if (chunks.length === 1)`,
  ],
  ['this.optimizer.push(fn, args);', `${GUARD}.addOperator();\n    this.optimizer.push(fn, args);`],
  [
    'async getTransferableImage(width, height) {\n    if (!(await JpegStream',
    `async getImageData(length, options) {
    const pixels = this.eof ? null : await ${GUARD}.decodeJpeg(this);
    if (!pixels) return super.getImageData(length, options);
    this.buffer = pixels;
    this.bufferLength = pixels.length;
    this.eof = true;
    return pixels;
  }
  async getTransferableImage(width, height) {\n    if (!(await JpegStream`,
  ],
  ['this._guessMax(MIN_IMAGE_DIM, MAX_IMAGE_DIM, 0, 1)', 'MAX_IMAGE_DIM'],
  [
    '} else if (numPages <= 1) {\n        return;\n      }\n      await this.getPage(numPages - 1);',
    `}
      const resolve = value => this.xref.fetchIfRefAsync(value);
      if (await ${GUARD}.countsTooFew(catalog.toplevelPagesDict, resolve)) {
        throw new FormatError("The table of pages holds more of them than it counts.");
      }
      if (numPages <= 1) {
        return;
      }
      await this.getPage(numPages - 1);`,
  ],
  [
    'return this.pageDict.getArray("Contents");',
    `const content = this.pageDict.getArray("Contents");
    const parts = Array.isArray(content) ? content : [content];
    if (this.pageDict.has("Contents") && parts.some(part => !(part instanceof BaseStream))) {
      warn("Contents are missing.");
    }
    return content;`,
  ],
  [
    'const imageBytes = await this.image.getImageData(length, this.jpxDecoderOptions);',
    `const imageBytes = await this.image.getImageData(length, this.jpxDecoderOptions);
    if (imageBytes.length === 0) {
      warn("Image data is missing.");
    } else if (imageBytes.length < length && !(this.image instanceof JpegStream || this.image instanceof JpxStream)) {
      warn("Image data ends early.");
    }`,
  ],
  [
    'const imgArray = await image.getImageData(computedLength);',
    `const imgArray = await image.getImageData(computedLength);
    if (imgArray.length < computedLength) warn("Image data ends early.");`,
  ],
  [
    'this.buffer = await JBig2CCITTFaxImage.instance.decode(bytes, this.dict.get("W", "Width"), this.dict.get("H", "Height"), null, this.params);',
    `if (${GUARD}.faxEndsEarly(bytes, this.params, this.dict.get("H", "Height"))) warn("Image data ends early.");
    this.buffer = await JBig2CCITTFaxImage.instance.decode(bytes, this.dict.get("W", "Width"), this.dict.get("H", "Height"), null, this.params);`,
  ],
  [
    'this.buffer = await JBig2CCITTFaxImage.instance.decode(bytes, this.dict.get("Width"), this.dict.get("Height"), globals);',
    `if (${GUARD}.jbig2EndsEarly(bytes)) warn("Image data ends early.");
    this.buffer = await JBig2CCITTFaxImage.instance.decode(bytes, this.dict.get("Width"), this.dict.get("Height"), globals);`,
  ],
  [
    'let hdr = this.getBits(3);',
    // What was flushed, but never finished, is whole all the same.
    `if (this.codeSize < 3 && str.peekByte() === -1) {
      this.eof = true;
      return;
    }
    let hdr = this.getBits(3);`,
  ],
  [
    'info(ex.message);\n      this.eof = true;\n    }\n  }\n  #readBlock() {',
    'warn("Invalid stream: " + ex.message);\n      this.eof = true;\n    }\n  }\n  #readBlock() {',
  ],
  [
    'throw new FormatError("Unknown crypto method");',
    'warn("Unknown crypto method.");\n        throw new FormatError("Unknown crypto method");',
  ],
  [
    `forceRGB: true,
            internal: mustBeResized
          });`,
    `forceRGB: true,
            internal: mustBeResized
          });
          if (imgData.data.length === drawWidth * drawHeight) imgData.kind = ${GRAY_8BPP};`,
  ],
  // What this would give in place of a first page that does not open is an empty one.
  ['error = Dict.empty;', ''],
];

/** Where pdf.js draws an image. */
const DRAWING_CHANGES: typeof CHANGES = [
  [
    'function putBinaryImageData(ctx, imgData) {',
    `function putBinaryImageData(ctx, imgData) {
  if (imgData.kind === ${GRAY_8BPP}) {
    imgData.data = ${GUARD}.tripleSamples(imgData.data);
    imgData.kind = ImageKind.RGB_24BPP;
  }`,
  ],
];

const CHANGED = [
  { file: '/pdfjs-dist/legacy/build/pdf.worker.mjs', changes: CHANGES },
  { file: '/pdfjs-dist/legacy/build/pdf.mjs', changes: DRAWING_CHANGES },
];

/** To be called before pdf.js is loaded. Throws where its source is not the one that is known. */
export function guardPdfjs(): void {
  Object.defineProperty(globalThis, Symbol.for(NAME), { value: guard });
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const changed = CHANGED.find(({ file }) => url.endsWith(file));
      if (!changed) return loaded;
      return { ...loaded, source: changed.changes.reduce(change, String(loaded.source)) };
    },
  });
}

function change(source: string, [place, replacement]: (typeof CHANGES)[number]): string {
  const parts = source.split(place);
  if (parts.length !== 2)
    throw new Error(`pdf.js has changed: found ${parts.length - 1} × ${place}`);
  return parts.join(replacement);
}

/** Starts the counts of a page. `stop` has to end its work: pdf.js would go on after an error. */
export function resetLimits(stop: () => void, { maxInflatedBytes }: Limits): void {
  guard.mostBytes = maxInflatedBytes;
  guard.bytes = 0;
  guard.operators = 0;
  guard.soundJpegs = 0;
  guard.onTooManyOperators = stop;
}

/** How many JPEGs of the page were decoded to their end, with nothing missing. */
export function soundJpegs(): number {
  return guard.soundJpegs;
}

/** Throws DECOMPRESSION_LIMIT or PAGE_TIMEOUT where the page has passed a limit. */
export function assertWithinLimits(): void {
  if (guard.bytes > guard.mostBytes) {
    throw new FanfoldError('DECOMPRESSION_LIMIT', {
      detail: `more than ${guard.mostBytes} bytes`,
    });
  }
  if (guard.operators >= MAX_OPERATORS) {
    throw new FanfoldError('PAGE_TIMEOUT', {
      sentence: 'The page draws more than can be read within the time limit.',
      detail: `more than ${MAX_OPERATORS} operators`,
    });
  }
}
