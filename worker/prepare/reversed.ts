import type { Box } from '#server/pages/layout.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { boxOf, findComponents } from './components.ts';
import { cellSize, type DarkArea, findDarkAreas } from './dark-areas.ts';

/**
 * Turns reversed type around, light letters on a dark area as boxes, bars and table heads have it:
 * letters become black and the area white, each area by its own levels. The areas are of any convex
 * shape; pictures and letters themselves are none.
 */
export function turnReversed(raster: GrayRaster): { raster: GrayRaster; areas: Box[] } {
  const areas: Box[] = [];
  let made = raster;
  for (const area of findDarkAreas(raster)) {
    const letters = lettersOf(raster, area);
    if (!letters) continue;
    if (made === raster) made = { ...raster, data: raster.data.slice() };
    paste(made, letters, area);
    areas.push(area.box);
  }
  return { raster: made, areas };
}

/** Cells of the height of a letter. */
const LETTER = { least: 1, most: 17 };
/** Cells of the long side from which an area is no large letter, whose counters look like small ones. */
const LARGE = 20;
/** What an area holds at least: letters, their share of what is light; and the share of it that is light at most. */
const OF_LARGE = { letters: 3, share: 0.6, light: 0.45 };
const OF_SMALL = { letters: 4, share: 0.8, light: 0.2 };

/** The area as black letters on white; undefined where what is light on it is no text. */
function lettersOf(raster: GrayRaster, area: DarkArea): GrayRaster | undefined {
  const { box, dark, light } = area;
  const [x0, y0, x1, y1] = box;
  const letters = {
    data: new Uint8Array((x1 - x0) * (y1 - y0)).fill(255),
    width: x1 - x0,
    height: y1 - y0,
    dpi: raster.dpi,
  };
  const gain = 255 / (light - dark);
  for (let row = 0; row < letters.height; row++) {
    const [from, to] = [area.from[row] as number, area.to[row] as number];
    const source = (y0 + row) * raster.width;
    for (let x = from; x < to; x++) {
      const value = (light - (raster.data[source + x] as number)) * gain;
      letters.data[row * letters.width + x - x0] = Math.max(0, Math.min(255, value));
    }
  }
  return holdsText(letters, cellSize(raster)) ? letters : undefined;
}

function holdsText(letters: GrayRaster, cell: number): boolean {
  const { width, height } = letters;
  const found = findComponents(letters, 128);
  const boxes: Box[] = [];
  let [inLetters, all] = [0, 0];
  for (let index = 0; index < found.count; index++) {
    const box = boxOf(found, index);
    const [x0, y0, x1, y1] = box;
    const area = found.area[index] as number;
    all += area;
    const inside = x0 > 0 && y0 > 0 && x1 < width && y1 < height;
    const tall = y1 - y0 >= LETTER.least * cell && y1 - y0 <= LETTER.most * cell;
    if (!inside || !tall || x1 - x0 > 2 * LETTER.most * cell) continue;
    boxes.push(box);
    inLetters += area;
  }
  const least = Math.max(width, height) >= LARGE * cell ? OF_LARGE : OF_SMALL;
  const enough = boxes.length >= least.letters && inLetters >= least.share * all;
  return enough && all <= least.light * width * height && standInLine(boxes);
}

/** Letters of a line, along either side of the page, that end alike, and by which part of their size they may differ. */
const FEW_IN_LINE = 3;
const UNLIKE = 0.25;
/** Of many letters these show as well whether they stand in lines. */
const LOOKED_AT = 200;

function standInLine(boxes: Box[]): boolean {
  const some = boxes.slice(0, LOOKED_AT);
  const inLine = (start: 0 | 1, end: 2 | 3) =>
    some.some((letter) => {
      const most = UNLIKE * (letter[end] - letter[start]);
      const isAlike = (other: Box) =>
        Math.abs(other[start] - letter[start]) <= most &&
        Math.abs(other[end] - letter[end]) <= most;
      return some.filter(isAlike).length >= FEW_IN_LINE;
    });
  return inLine(1, 3) || inLine(0, 2);
}

function paste(raster: GrayRaster, letters: GrayRaster, { box, from, to }: DarkArea): void {
  const [x0, y0] = box;
  for (let row = 0; row < letters.height; row++) {
    const start = row * letters.width;
    const [left, right] = [from[row] as number, to[row] as number];
    raster.data.set(
      letters.data.subarray(start + left - x0, start + right - x0),
      (y0 + row) * raster.width + left,
    );
  }
}
