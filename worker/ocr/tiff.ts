import type { GrayRaster } from '#worker/page/raster.ts';

const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
const SHORT = 3;
const LONG = 4;

/**
 * The raster as an uncompressed TIFF of one strip: of all formats that the Tesseract core opens,
 * the one that it decodes fastest.
 */
export function encodeTiff({ data, width, height }: GrayRaster): Uint8Array {
  const dataOffset = HEADER_BYTES + 2 + 9 * ENTRY_BYTES + 4;
  const entries: [tag: number, type: number, value: number][] = [
    [256, LONG, width],
    [257, LONG, height],
    [258, SHORT, 8],
    [259, SHORT, 1],
    [262, SHORT, 1],
    [273, LONG, dataOffset],
    [277, SHORT, 1],
    [278, LONG, height],
    [279, LONG, data.length],
  ];
  const file = new Uint8Array(dataOffset + data.length);
  const view = new DataView(file.buffer);
  view.setUint16(0, 0x4949);
  view.setUint16(2, 42, true);
  view.setUint32(4, HEADER_BYTES, true);
  view.setUint16(HEADER_BYTES, entries.length, true);
  entries.forEach(([tag, type, value], index) => {
    const at = HEADER_BYTES + 2 + index * ENTRY_BYTES;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, 1, true);
    view.setUint32(at + 8, value, true);
  });
  file.set(data, dataOffset);
  return file;
}
