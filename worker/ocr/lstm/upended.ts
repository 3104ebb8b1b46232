import type { Box } from '#server/pages/layout.ts';
import type { Turn } from '#worker/page/preview.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import {
  type Affine,
  compose,
  inverse,
  mapBox,
  mapEnds,
  moving,
  turning,
} from '#worker/prepare/affine.ts';
import type { RawBox, RawLine } from '../tesseract-blocks.ts';
import { turnRaster } from '../turn.ts';
import { type LayoutLine, unite } from './runs.ts';

/** Heights of its width from which on a line stands on its side. */
const UPENDED = 3;
/** Pixels of the page around a line that is turned. */
const MARGIN = 8;

export function isUpended({ bbox }: LayoutLine): boolean {
  return bbox.y1 - bbox.y0 > UPENDED * (bbox.x1 - bbox.x0);
}

/** A line on its side, cut out and turned so that it may be upright. */
export interface TurnedLine {
  raster: GrayRaster;
  line: LayoutLine;
  /** What was read of it, where it stands on the page. */
  onPage(read: RawLine): RawLine;
}

export function turnLine(page: GrayRaster, line: LayoutLine, turn: Turn): TurnedLine {
  const area = {
    x0: Math.max(0, line.bbox.x0 - MARGIN),
    y0: Math.max(0, line.bbox.y0 - MARGIN),
    x1: Math.min(page.width, line.bbox.x1 + MARGIN),
    y1: Math.min(page.height, line.bbox.y1 + MARGIN),
  };
  const cut = cutOut(page, area);
  const toTurned = compose(moving(-area.x0, -area.y0), turning(turn, cut.width, cut.height));
  const toPage = inverse(toTurned);
  const symbols = line.words.flatMap((word) =>
    word.symbols.map(({ bbox }) => mapped(mapBox, toTurned, bbox)),
  );
  const bbox = mapped(mapBox, toTurned, line.bbox);
  return {
    raster: turnRaster(cut, turn),
    line: {
      bbox,
      baseline: { ...bbox, y0: bbox.y1 },
      rowAttributes: { rowHeight: bbox.y1 - bbox.y0, descenders: 0, ascenders: 0 },
      words: divide(symbols, bbox.y1 - bbox.y0),
    },
    onPage: ({ bbox: readBox, baseline, words }) => ({
      bbox: mapped(mapBox, toPage, readBox),
      baseline: mapped(mapEnds, toPage, baseline),
      words: words.map((word) => ({ ...word, bbox: mapped(mapBox, toPage, word.bbox) })),
    }),
  };
}

/** As words, the signs of a line in order; between labels of several figures there is more room than a line is high. */
function divide(signs: RawBox[], height: number): LayoutLine['words'] {
  const words: LayoutLine['words'] = [];
  for (const bbox of signs.toSorted((one, other) => one.x0 - other.x0)) {
    const last = words.at(-1);
    if (!last || bbox.x0 - last.bbox.x1 > height) {
      words.push({ bbox, symbols: [{ bbox }] });
    } else {
      last.bbox = unite(last.bbox, bbox);
      last.symbols.push({ bbox });
    }
  }
  return words;
}

function cutOut({ data, width, dpi }: GrayRaster, { x0, y0, x1, y1 }: RawBox): GrayRaster {
  const cut = { data: new Uint8Array((x1 - x0) * (y1 - y0)), width: x1 - x0, height: y1 - y0, dpi };
  for (let y = y0; y < y1; y += 1) {
    cut.data.set(data.subarray(y * width + x0, y * width + x1), (y - y0) * cut.width);
  }
  return cut;
}

type Map = (affine: Affine, box: Box) => Box;

function mapped(map: Map, affine: Affine, { x0, y0, x1, y1 }: RawBox): RawBox {
  const [left, top, right, bottom] = map(affine, [x0, y0, x1, y1]);
  return { x0: left, y0: top, x1: right, y1: bottom };
}
