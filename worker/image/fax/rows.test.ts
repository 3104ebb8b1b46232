import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawPage } from '#fixtures/images.ts';
import { countFaxRows, type FaxFormat } from './rows.ts';

const picture = drawPage('Rows of a fax\n\nand more of them', { dpi: 72 });
const { width, height } = picture;
const format: FaxFormat = { k: -1, columns: width, byteAlign: false };

/** The rows of the picture as Group 4, in one strip. */
async function groupFour(): Promise<Buffer> {
  const tiff = await sharp(picture.gray, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1, tile: true, tileWidth: 4096, tileHeight: 4096 })
    .toBuffer();
  return tiff.subarray(8);
}

/** One-dimensional rows of as many bits as given. */
const bitsOf = (rows: string[]) => {
  const bits = rows.join('');
  return Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8).padEnd(8, '0'), 2),
  );
};
/** 64 white pixels; two white and 62 black ones. */
const WHITE = '1101100110101';
const BLACK = '0111000001100110';
const END_OF_LINE = '000000000001';
const flat: FaxFormat = { k: 0, columns: 64, byteAlign: false };

test('counts all rows of a whole fax, and those before the place where it is cut', async () => {
  const data = await groupFour();
  const columns = 4096;
  const whole = countFaxRows(data, { ...format, columns }, height);
  expect(whole).toBe(height);
  const cut = countFaxRows(data.subarray(0, 300), { ...format, columns }, height);
  expect(cut).toBeGreaterThan(10);
  expect(cut).toBeLessThan(height);
});

test('reads bytes from their lowest bit where they are stored so', async () => {
  const reverse = (byte: number) =>
    Number.parseInt(byte.toString(2).padStart(8, '0').split('').reverse().join(''), 2);
  const data = Uint8Array.from(await groupFour(), reverse);
  const reversed = { ...format, columns: 4096, reversed: true };
  expect(countFaxRows(data, reversed, height)).toBe(height);
});

test('counts one-dimensional rows with and without ends of line, and aligned ones', () => {
  expect(countFaxRows(bitsOf([WHITE, BLACK, WHITE]), flat, 3)).toBe(3);
  const lines = [END_OF_LINE, WHITE, END_OF_LINE, BLACK, END_OF_LINE, END_OF_LINE];
  expect(countFaxRows(bitsOf(lines), flat, 9)).toBe(2);
  const aligned = [WHITE.padEnd(16, '0'), BLACK.padEnd(16, '0')];
  expect(countFaxRows(bitsOf(aligned), { ...flat, byteAlign: true }, 2)).toBe(2);
});

test('goes on at the next end of line after a damaged row, and does not count it', () => {
  const longer = WHITE + BLACK;
  const lines = [END_OF_LINE, WHITE, END_OF_LINE, longer.slice(13, 20), END_OF_LINE, BLACK];
  expect(countFaxRows(bitsOf([...lines, END_OF_LINE]), flat, 3)).toBe(2);
});

test('ends with whatever it is given', () => {
  for (let seed = 0; seed < 200; seed++) {
    const noise = Uint8Array.from({ length: 400 }, (_, at) => (at * at * 31 + seed * 97 + at) >> 1);
    for (const k of [-1, 0, 1]) countFaxRows(noise, { ...format, k }, 500);
  }
  expect(countFaxRows(new Uint8Array(0), format, 10)).toBe(0);
  expect(countFaxRows(new Uint8Array(9), { ...format, columns: 0 }, 10)).toBe(10);
});
