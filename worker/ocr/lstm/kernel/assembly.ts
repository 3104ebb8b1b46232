/**
 * The arithmetic of Tesseract's line recognisers for many lines at once: a weight that has been loaded
 * serves every line, where Tesseract loads all of them anew for each step of each line. Sums are
 * exact integers as Tesseract's are; only the order of the work differs.
 * https://github.com/tesseract-ocr/tesseract/tree/main/src/lstm
 *
 * T is the type that activations are stored in. `i8`: four products a lane by a dot product of the
 * relaxed SIMD proposal, whose second operand counts as signed or unsigned by the processor, so
 * that activations are stored with `offset` added. `i16`: two products a lane, the same everywhere.
 */

export { relaxedDot } from './activation';
export { lstm8, lstm16 } from './cells';
export { softmax8, softmax16 } from './classes';
export { convolve8, convolve16 } from './convolution';
