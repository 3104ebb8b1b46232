/** Pixels: the least width of a tile, and the room between two. */
const ROOMY = { least: 124, gap: 24 };
const COMPACT = { least: 96, gap: 16 };
/** Width below which tiles stand closer. */
const NARROW = 480;
const GAP_Y = 22;
export const CAPTION_HEIGHT = 30;
/** Height of the room for a sheet by its width: A4 fits exactly. */
const ASPECT = Math.SQRT2;

export interface TileGeometry {
  columns: number;
  gap: number;
  /** Of the room for a sheet. */
  width: number;
  height: number;
  /** Of a row with its caption and the gap below. */
  rowHeight: number;
}

/** How tiles lie in `available` pixels of width. */
export function tileGeometry(available: number): TileGeometry {
  const { least, gap } = available < NARROW ? COMPACT : ROOMY;
  const columns = Math.max(1, Math.floor((available + gap) / (least + gap)));
  const width = Math.max(60, Math.floor((available - gap * (columns - 1)) / columns));
  const height = Math.round(width * ASPECT);
  return { columns, gap, width, height, rowHeight: height + CAPTION_HEIGHT + GAP_Y };
}
