import sharp from 'sharp';
import type { Block } from '#server/pages/layout.ts';
import type { VisionAnswer } from '#server/pages/usage.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import type { Engine } from '../engine.ts';
import { placeText } from './place.ts';

/**
 * A model that looks at the picture of the page and answers with its text. `local` reads first: it
 * finds which way is up, and where the words stand.
 */
export function createVisionEngine(options: {
  local: Engine;
  /** Pixels of the long side of the picture that is sent. */
  pixels: number;
  transcribe: (jpeg: Uint8Array) => Promise<VisionAnswer>;
}): Engine {
  const { local, pixels, transcribe } = options;
  let version = 'unknown';
  return {
    name: 'vision',
    get version() {
      return version;
    },
    recognize: (raster, given) => local.recognize(raster, given),
    async refine(raster: GrayRaster, blocks: Block[]) {
      const { text, model, usage } = await transcribe(await encodeJpeg(raster, pixels));
      version = model;
      return { blocks: placeText(text, blocks, raster), usage };
    },
    findTurn: (raster) => local.findTurn(raster),
    findScript: async (raster) => (await local.findScript?.(raster)) ?? null,
    close: () => local.close(),
  };
}

function encodeJpeg({ data, width, height }: GrayRaster, pixels: number): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 1 }, limitInputPixels: false })
    .resize({ width: pixels, height: pixels, fit: 'inside', withoutEnlargement: true })
    .toColourspace('b-w')
    .jpeg({ quality: 85 })
    .toBuffer();
}
