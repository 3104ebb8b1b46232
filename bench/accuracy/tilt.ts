import sharp from 'sharp';
import { type ScannedPage, type TruthWord, turnBlock } from '#fixtures/accuracy/index.ts';
import { turnRaster } from '#worker/ocr/turn.ts';
import type { Turn } from '#worker/page/preview.ts';
import { inverse, mapBox } from '#worker/prepare/affine.ts';
import { deskew } from '#worker/prepare/deskew.ts';

/** How a page lies in the scanner; clockwise degrees. */
export interface Tilt {
  turn: Turn;
  skew: number;
}

const WHITE = 255;

/** A page in gray that lies otherwise; its truth stays on the upright page, tilted as that is. */
export async function tiltPage(page: ScannedPage, { turn, skew }: Tilt): Promise<ScannedPage> {
  const { data, info } = await sharp(page.image)
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const flat = {
    data: new Uint8Array(data),
    width: info.width,
    height: info.height,
    dpi: page.dpi,
  };
  const { raster, toSource } = deskew(flat, -skew, WHITE);
  const turned = turnRaster(raster, turn);
  const raw = { width: turned.width, height: turned.height, channels: 1 as const };
  const image = sharp(turned.data, { raw }).withMetadata({ density: page.dpi });
  const toTilted = inverse(toSource);
  const tilted = (word: TruthWord) => ({ ...word, box: mapBox(toTilted, word.box) });
  return {
    ...page,
    image: await image.png({ compressionLevel: 1 }).toBuffer(),
    type: 'image/png',
    width: raster.width,
    height: raster.height,
    blocks: page.blocks.map((block) => turnBlock(block, tilted)),
  };
}
