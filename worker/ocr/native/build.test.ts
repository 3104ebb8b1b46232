import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawPage } from '#fixtures/images.ts';
import { findNativeTesseract } from '#server/engines/list.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { RecognizeOptions } from '../engine.ts';
import { parseHocr } from '../hocr.ts';
import type { LayoutBlock } from '../lstm/runs.ts';
import { prepareTessdata } from '../tessdata.ts';
import { createWasmBuild } from '../wasm/build.ts';
import { createNativeBuild } from './build.ts';

const SLOW = 60_000;
const TEXT = ['A library lays out this page,', 'and its lines are read elsewhere.'].join('\n');
const OPTIONS: RecognizeOptions = { languages: ['eng'], segmentation: 'auto' };

const native = await findNativeTesseract();
const library = native?.path ?? '';

let folder: string;
let tessdataPath: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfold-native-'));
  tessdataPath = (await prepareTessdata({ cacheDir: join(folder, 'tessdata') })).path;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a library that is not there is told as a missing engine', () => {
  const make = () => createNativeBuild({ tessdataPath, library: join(folder, 'nothing.so') });
  expect(make).toThrowError(
    expect.objectContaining({
      code: 'ENGINE_MISSING',
      sentence: expect.stringMatching(/library of Tesseract 5, .*nothing\.so, could not be loaded/),
    }),
  );
});

describe.skipIf(!native)('with the library of this machine', () => {
  test(
    'the layout of a page is the one that comes along finds',
    async () => {
      const raster = rasterOf(TEXT);
      const wasm = createWasmBuild({ tessdataPath });
      const own = createNativeBuild({ tessdataPath, library });
      try {
        const [one, other] = [
          await own.layOut(raster, OPTIONS),
          await wasm.layOut(raster, OPTIONS),
        ];
        expect(placesOf(one)).toEqual(placesOf(other));
        expect(placesOf(one)).toHaveLength(2);
      } finally {
        await Promise.all([wasm.close(), own.close()]);
      }
    },
    SLOW,
  );

  test(
    'Tesseract reads by itself what the kernel cannot',
    async () => {
      const build = createNativeBuild({ tessdataPath, library });
      const shares: number[] = [];
      const hocr = await build.readAsHocr(rasterOf(TEXT), {
        ...OPTIONS,
        onProgress: (share) => shares.push(share),
      });
      await build.close();
      const words = parseHocr(hocr)
        .blocks.flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines))
        .map((line) => line.words.map(({ text }) => text).join(' '));
      expect(words.join('\n')).toBe(TEXT);
      expect(shares).toEqual([1]);
    },
    SLOW,
  );

  test(
    'one that is stopped lets the next begin, and ends behind it',
    async () => {
      const build = createNativeBuild({ tessdataPath, library });
      const stopping = new AbortController();
      const stopped = build.readAsHocr(rasterOf(Array(30).fill(TEXT).join('\n')), {
        ...OPTIONS,
        signal: stopping.signal,
      });
      stopping.abort(new Error('enough'));
      await expect(stopped).rejects.toThrow('enough');
      expect(await build.readAsHocr(rasterOf(TEXT), OPTIONS)).toContain('library');
      await build.close();
    },
    SLOW,
  );
});

function rasterOf(text: string): GrayRaster {
  const { gray: data, width, height } = drawPage(text, { dpi: 200 });
  return { data, width, height, dpi: 200 };
}

/** Heights of a row to a tenth of a pixel: the two are compiled for different processors. */
function placesOf(blocks: LayoutBlock[]) {
  return blocks
    .flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines))
    .map(({ bbox, baseline: { x0, y0, x1, y1 }, rowAttributes, words }) => ({
      bbox,
      baseline: { x0, y0, x1, y1 },
      descenders: rowAttributes.descenders.toFixed(1),
      rowHeight: rowAttributes.rowHeight.toFixed(1),
      words: words.map((word) => [word.bbox, word.symbols.map((symbol) => symbol.bbox)]),
    }));
}
