import { expect, test } from 'vitest';
import { PAGE_OPTIONS } from '#fixtures/page-pool.ts';
import type { PageOptions } from '#server/documents/schemas.ts';
import type { Box } from '#server/pages/layout.ts';
import type { Turn } from '#worker/page/preview.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { Budget } from './budget.ts';
import type { Engine } from './engine.ts';
import { readUpright } from './upright.ts';

/** Taller than wide, so that the raster shows how it was turned; one dark pixel in its upper left corner. */
const page: GrayRaster = { data: new Uint8Array(600).fill(255), width: 20, height: 30, dpi: 72 };
page.data[0] = 0;

function turnOf({ data, width, height }: GrayRaster): Turn {
  const corner = [0, width - 1, data.length - 1, (height - 1) * width].findIndex(
    (at) => data[at] === 0,
  );
  return (90 * corner) as Turn;
}

/** Reads well what was turned by `right`, and knows no turn; else it reads what it is told to. */
function engineFor(
  right: Turn,
  otherwise: { confidence: number; box: Box; baseline: Box },
): Engine {
  return {
    ...{ name: 'test', version: '1', wholePagesOnly: true },
    async recognize(raster) {
      const upright = { confidence: 95, box: [0, 0, 9, 2] as Box, baseline: [0, 2, 9, 2] as Box };
      const { confidence, box, baseline } = turnOf(raster) === right ? upright : otherwise;
      const word = { text: 'capitals', box, confidence, provenance: 'ocr' as const };
      const lines = [{ box, baseline, words: [word, word, word] }];
      return { blocks: [{ kind: 'text', box, lines }] };
    },
    findTurn: async () => null,
    close: async () => {},
  };
}

const read = (engine: Engine, likelyTurn: Turn) =>
  readUpright(page, false, engine, {
    ...(PAGE_OPTIONS as PageOptions),
    languages: ['eng'],
    likelyTurn,
    budget: new Budget(undefined),
  });

test.each([90, 270] as const)(
  'a page on its side that cannot be read is turned to the other one, from %i',
  async (likely) => {
    const upsideDown = { confidence: 30, box: [0, 0, 9, 2] as Box, baseline: [0, 2, 9, 2] as Box };
    const right = (360 - likely) as Turn;
    expect((await read(engineFor(right, upsideDown), likely)).rotation).toBe(right);
  },
);

test.each([
  [90, [2, 9, 2, 0]],
  [270, [0, 0, 0, 9]],
] as [Turn, Box][])(
  'a page whose lines were read on their side is turned by %i',
  async (right, baseline) => {
    const onSide = { confidence: 90, box: [0, 0, 2, 9] as Box, baseline };
    expect((await read(engineFor(right, onSide), 0)).rotation).toBe(right);
  },
);
