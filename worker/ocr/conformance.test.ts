import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawPage } from '#fixtures/images.ts';
import { startVisionServer, VISION_KEY, type VisionServer } from '#fixtures/vision-server.ts';
import { findNativeTesseract } from '#server/engines/list.ts';
import { type Block, blockSchema } from '#server/pages/layout.ts';
import type { Turn } from '#worker/page/preview.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { createVisionEndpoint } from '#worker/vision/endpoint.ts';
import type { Engine, Recognition, RecognizeOptions } from './engine.ts';
import { createNullEngine } from './null.ts';
import { prepareTessdata } from './tessdata.ts';
import { createNativeTesseractEngine, createTesseractEngine } from './tesseract.ts';
import { createVisionEngine } from './vision/engine.ts';

const SLOW = 60_000;
const TEXT = [
  'The first line of the page says "Hello" & more.',
  'The second line follows it at once,',
  'and the third one ends the page.',
].join('\n');

const read = (languages: string[]) => ({ languages, segmentation: 'auto' }) as const;

interface Candidate {
  name: string;
  make(tessdataPath: string): Engine;
  /** Whether it answers with the words of the raster. */
  reads: boolean;
  /** Why it cannot be tried here. */
  missing?: string;
}

const native = await findNativeTesseract();
const CANDIDATES: Candidate[] = [
  {
    name: 'tesseract',
    make: (tessdataPath) => createTesseractEngine({ tessdataPath }),
    reads: true,
  },
  {
    name: 'tesseract-native',
    make: (tessdataPath) =>
      createNativeTesseractEngine({ tessdataPath, library: native?.path ?? '' }),
    reads: true,
    ...(!native && { missing: 'no library of Tesseract 5 is installed on this machine' }),
  },
  {
    name: 'vision',
    make: (path) =>
      createVisionEngine({
        local: createTesseractEngine({ tessdataPath: path }),
        pixels: 1_600,
        transcribe,
      }),
    reads: true,
  },
  { name: 'null', make: () => createNullEngine({ milliseconds: 5 }), reads: false },
];

let folder: string;
let server: VisionServer;
/** What stands on the picture: the server has no eyes. */
let seen = '';
let tessdataPath: string;
beforeAll(async () => {
  server = await startVisionServer(() => ({ text: seen }));
  folder = await mkdtemp(join(tmpdir(), 'fanfold-engines-'));
  tessdataPath = (await prepareTessdata({ cacheDir: join(folder, 'tessdata') })).path;
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function transcribe(jpeg: Uint8Array) {
  const settings = { key: VISION_KEY, model: 'reader-1', prompt: 'Read.', concurrency: 1 };
  const endpoint = createVisionEndpoint({
    ...settings,
    url: server.url,
    timeoutMs: 5_000,
    retries: 0,
  });
  return endpoint.read(jpeg, new AbortController().signal);
}

/** As the pipeline does: the passes first, then what the engine does once. */
async function readWith(
  engine: Engine,
  raster: GrayRaster,
  options: RecognizeOptions,
): Promise<Recognition> {
  const recognition = await engine.recognize(raster, options);
  return (await engine.refine?.(raster, recognition.blocks)) ?? recognition;
}

describe.each(CANDIDATES)('engine $name', ({ name, make, reads, missing }) => {
  let engine: Engine;
  beforeAll(() => {
    if (!missing) engine = make(tessdataPath);
  });
  afterAll(() => engine?.close());

  const check = (title: string, run: () => Promise<void>, needsReading = false) =>
    test(title, { timeout: SLOW }, async ({ skip }) => {
      if (missing) skip(missing);
      if (needsReading && !reads) skip('it does not look at the pixels');
      await run();
    });

  check('answers with blocks whose boxes, baselines and confidences fit the raster', async () => {
    const raster = rasterOf(TEXT);
    const { blocks } = await readWith(engine, raster, read(['eng']));
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) expectFitting(blockSchema.parse(block), raster);
  });

  check('says its name, and its version once it has read', async () => {
    await readWith(engine, rasterOf(TEXT), read(['eng']));
    expect(engine.name).toBe(name);
    expect(engine.version).toMatch(/\d/);
  });

  check('reports shares of the work from 0 to 1', async () => {
    const shares: number[] = [];
    await readWith(engine, rasterOf(TEXT), {
      ...read(['eng']),
      onProgress: (share) => shares.push(share),
    });
    for (const share of shares) expect(share >= 0 && share <= 1).toBe(true);
  });

  check('closes, also twice', async () => {
    const other = make(tessdataPath);
    await other.close();
    await other.close();
  });

  check(
    'reads the words in order, each where it stands',
    async () => {
      const { blocks } = await readWith(engine, rasterOf(TEXT), read(['eng']));
      expect(linesOf(blocks).map(textOf)).toEqual(TEXT.split('\n'));
      const [first, second] = linesOf(blocks);
      const inch = 200;
      expect((first?.words[0]?.box[0] ?? 0) / inch).toBeCloseTo(56 / 72, 1);
      expect((first?.baseline?.[1] ?? 0) / inch).toBeCloseTo(76 / 72, 1);
      expect((second?.baseline?.[1] ?? 0) / inch).toBeCloseTo(96 / 72, 1);
      expect(Math.min(...(first?.words ?? []).map((word) => word.confidence ?? 0))).toBeGreaterThan(
        50,
      );
    },
    true,
  );

  check(
    'reads raster after raster, of other sizes and languages',
    async () => {
      const spanish = rasterOf('La niña pequeña corrió mañana.', 150);
      const { blocks } = await readWith(engine, spanish, read(['spa', 'eng']));
      expect(linesOf(blocks).map(textOf).join(' ')).toBe('La niña pequeña corrió mañana.');
      const again = await readWith(engine, rasterOf(TEXT, 300), read(['eng']));
      expect(linesOf(again.blocks)).toHaveLength(3);
    },
    true,
  );

  check(
    'finds no words on an empty raster',
    async () => {
      const { blocks } = await readWith(engine, rasterOf(''), read(['eng']));
      expect(linesOf(blocks)).toEqual([]);
    },
    true,
  );

  check(
    'refuses a language without data, and reads on',
    async () => {
      const refused = readWith(engine, rasterOf(TEXT), read(['tlh']));
      await expect(refused).rejects.toMatchObject({ code: 'LANGUAGE_MISSING' });
      const { blocks } = await readWith(engine, rasterOf(TEXT), read(['eng']));
      expect(linesOf(blocks)).toHaveLength(3);
    },
    true,
  );

  check(
    'says how to turn a raster that does not stand upright',
    async () => {
      const text = Array.from({ length: 20 }, () => TEXT.replace('\n', ' ')).join('\n');
      for (const turn of [0, 90, 180, 270] as const) {
        const upright = ((360 - turn) % 360) as Turn;
        expect((await engine.findTurn(rasterOf(text, 150, turn))) ?? 0).toBe(upright);
      }
    },
    true,
  );

  check(
    'stops when it is told to, and reads the next page',
    async () => {
      const stopping = new AbortController();
      const options = { ...read(['eng']), signal: stopping.signal };
      const reading = engine.recognize(rasterOf(TEXT.repeat(8)), options);
      setTimeout(() => stopping.abort(new Error('enough')), 50);
      await expect(reading).rejects.toThrow('enough');
      const { blocks } = await readWith(engine, rasterOf(TEXT), read(['eng']));
      expect(linesOf(blocks)).toHaveLength(3);
    },
    true,
  );

  check('tells what script a page is written in, or that it cannot', async () => {
    const lines = (line: string) => rasterOf(Array(20).fill(line).join('\n'), 150);
    const cyrillic = lines('Мы рассмотрели дело вместе с нашей мастерской');
    expect((await engine.findScript?.(cyrillic)) ?? 'Cyrillic').toBe('Cyrillic');
    expect((await engine.findScript?.(lines('We have looked into it with them'))) ?? 'Latin').toBe(
      'Latin',
    );
    expect((await engine.findScript?.(rasterOf(''))) ?? null).toBe(null);
  });
});

function rasterOf(text: string, dpi = 200, turn: Turn = 0): GrayRaster {
  seen = text;
  const { gray: data, width, height } = drawPage(text, { dpi, turn });
  return { data, width, height, dpi };
}

function linesOf(blocks: Block[]) {
  return blocks.flatMap((block) => block.lines);
}

function textOf({ words }: Block['lines'][number]): string {
  return words.map(({ text }) => text).join(' ');
}

function expectFitting(block: Block, { width, height }: GrayRaster): void {
  const boxes = block.lines.flatMap((line) => [line.box, ...line.words.map(({ box }) => box)]);
  for (const [x0, y0, x1, y1] of [block.box, ...boxes]) {
    expect(x0 >= 0 && y0 >= 0 && x1 <= width && y1 <= height && x0 < x1 && y0 < y1).toBe(true);
  }
  for (const line of block.lines) {
    expect(line.words.length).toBeGreaterThan(0);
    if (line.baseline) expect(line.baseline[0]).toBeLessThanOrEqual(line.baseline[2]);
    for (const word of line.words) {
      expect(word.text).toMatch(/^\S+$/);
      expect(word.provenance).toBe('ocr');
    }
  }
}
