import sharp from 'sharp';
import { expect, test } from 'vitest';
import { decodeJpeg } from './jpeg.ts';

const [WIDTH, HEIGHT] = [40, 30];
const flat = (color: string) =>
  sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: color } });
const request = (bytes: Uint8Array) => ({
  bytes,
  jpegOptions: { colorTransform: undefined },
  drawWidth: WIDTH,
  drawHeight: HEIGHT,
  forceRGBA: false,
});

test('gives one sample for each pixel of gray JPEGs', async () => {
  const gray = await flat('#646464').toColourspace('b-w').jpeg().toBuffer();
  const { samples } = await decodeJpeg(request(gray));
  expect(samples).toEqual(new Uint8Array(WIDTH * HEIGHT).fill(100));
});

test('gives the colours of others, whatever stands before their first marker', async () => {
  const red = await flat('#c02010').jpeg({ quality: 100 }).toBuffer();
  const { samples } = await decodeJpeg(request(Buffer.concat([Buffer.from('\r\n'), red])));
  expect(samples).toHaveLength(WIDTH * HEIGHT * 3);
  for (const [channel, level] of [0xc0, 0x20, 0x10].entries()) {
    expect(Math.abs((samples?.[channel] ?? 0) - level)).toBeLessThanOrEqual(2);
  }
});

test('leaves to pdf.js what it treats otherwise, or forgives', async () => {
  const red = await flat('red').jpeg().toBuffer();
  const cmyk = await flat('red').toColourspace('cmyk').jpeg().toBuffer();
  expect(await decodeJpeg(request(cmyk))).toMatchObject({ samples: null });
  expect(await decodeJpeg({ ...request(red), drawWidth: WIDTH / 2 })).toMatchObject({
    samples: null,
  });
  expect(await decodeJpeg({ ...request(red), jpegOptions: { colorTransform: 0 } })).toMatchObject({
    samples: null,
  });
  expect(await decodeJpeg(request(red.subarray(0, red.length - 60)))).toMatchObject({
    samples: null,
  });
  expect(await decodeJpeg(request(Buffer.from('no picture')))).toMatchObject({ samples: null });
});

test('tells of pixels that are missing or wrong, whether it decodes them or not', async () => {
  const noise = {
    create: {
      width: WIDTH,
      height: HEIGHT,
      channels: 3,
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  } as const;
  const cmyk = await sharp(noise as never)
    .toColourspace('cmyk')
    .jpeg()
    .toBuffer();
  expect(await decodeJpeg(request(cmyk))).toEqual({ samples: null, damaged: false });
  expect(await decodeJpeg(request(cmyk.subarray(0, -200)))).toMatchObject({ damaged: true });
  const hurt = await sharp(noise as never)
    .jpeg()
    .toBuffer();
  const middle = hurt.length >> 1;
  // An end where there is none.
  hurt.set([0xff, 0xd9], middle);
  expect(await decodeJpeg(request(hurt))).toEqual({ samples: null, damaged: true });
});

test('does not share its memory with other buffers', async () => {
  const { samples } = await decodeJpeg(request(await flat('red').jpeg().toBuffer()));
  expect(samples?.buffer.byteLength).toBe(samples?.byteLength);
});
