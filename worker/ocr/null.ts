import { setTimeout as sleep } from 'node:timers/promises';
import type { Block, Line } from '#server/pages/layout.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { Engine, RecognizeOptions } from './engine.ts';

const LINES = ['The null engine', 'answers the same', 'for every page.'];

/** Reads nothing: takes its time and answers the same three lines, for tests of everything around it. */
export function createNullEngine(options: { milliseconds: number }): Engine {
  return {
    name: 'null',
    version: '1',
    wholePagesOnly: true,
    async recognize(raster: GrayRaster, { onProgress }: RecognizeOptions) {
      await sleep(options.milliseconds);
      onProgress?.(1);
      return { blocks: [fixedBlock(raster)] };
    },
    findTurn: async () => null,
    close: async () => {},
  };
}

/** In the middle third of the raster, whatever its size. */
function fixedBlock({ width, height }: GrayRaster): Block {
  const [left, top, step] = [width / 3, height / 3, height / 9];
  const lines = LINES.map((text, index): Line => {
    const [y0, y1] = [top + index * step, top + (index + 0.6) * step];
    const texts = text.split(' ');
    const wide = width / 3 / texts.length;
    return {
      box: [left, y0, left + width / 3, y1],
      baseline: [left, y1, left + width / 3, y1],
      words: texts.map((word, at) => ({
        text: word,
        box: [left + at * wide, y0, left + (at + 0.9) * wide, y1],
        confidence: 95,
        provenance: 'ocr',
      })),
    };
  });
  return { kind: 'text', box: [left, top, left + width / 3, top + 2.6 * step], lines };
}
