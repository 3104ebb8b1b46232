/** Fitted to the room, or CSS pixels to a pixel of the sheet at its real size. */
export type Zoom = 'width' | 'page' | number;

export interface Size {
  width: number;
  height: number;
}

const LEAST = 0.1;
const MOST = 8;
const STEP = 1.25;
/** CSS pixels to an inch. */
const CSS_DPI = 96;
/** Of a page whose resolution is not known. */
const USUAL_DPI = 150;

/** The size of a page on a screen at its real size, CSS pixels. */
export function realSize(pixels: Size, dpi: number | undefined, turn: number): Size {
  const scale = CSS_DPI / (dpi ?? USUAL_DPI);
  const [width, height] = [pixels.width * scale, pixels.height * scale];
  return turn % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** The scale of a sheet in a room, both in CSS pixels. */
export function scaleOf(zoom: Zoom, sheet: Size, room: Size): number {
  const width = room.width / sheet.width;
  if (zoom === 'width') return clamp(width);
  if (zoom === 'page') return clamp(Math.min(width, room.height / sheet.height));
  return clamp(zoom);
}

/** One step in or out, through the round numbers. */
export function stepZoom(scale: number, direction: 1 | -1): number {
  const steps = Math.log(scale) / Math.log(STEP);
  const next = direction === 1 ? Math.floor(steps + 1.001) : Math.ceil(steps - 1.001);
  return clamp(STEP ** next);
}

export function clamp(scale: number): number {
  return Math.min(MOST, Math.max(LEAST, scale));
}
