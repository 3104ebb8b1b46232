import { expect, test } from 'vitest';
import { Sheet } from '#fixtures/accuracy/sheet.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { turnReversed } from './reversed.ts';

const STYLE = { family: 'Sans' as const, size: 10 };
const WORDS = ['Light words stand close', 'together, line below line,', 'without much of a gap.'];

function page(draw: (sheet: Sheet) => void): GrayRaster {
  const sheet = new Sheet({ dpi: 150 });
  sheet.block('text');
  draw(sheet);
  const { width, height } = sheet.canvas;
  const { data } = sheet.context.getImageData(0, 0, width, height);
  const gray = Uint8Array.from({ length: width * height }, (_, at) => data[4 * at] as number);
  return { data: gray, width, height, dpi: 150 };
}

function write(sheet: Sheet, color: string): void {
  for (const [index, line] of WORDS.entries()) {
    sheet.text(60, 112 + 11 * index, line, { ...STYLE, color });
  }
}

/** Share of the pixels that are dark in one and light in the other. */
function differing(one: GrayRaster, other: GrayRaster): number {
  const differ = (value: number, at: number) => value < 128 !== (other.data[at] as number) < 128;
  return one.data.filter(differ).length / one.data.length;
}

test('makes light letters in a dark box black on white, and leaves the page around it', () => {
  const plain = page((sheet) => write(sheet, 'black'));
  for (const color of ['black', '#444', '#777']) {
    const boxed = page((sheet) => {
      sheet.fill([56, 100, 190, 140], color);
      write(sheet, 'white');
    });
    const { raster, areas } = turnReversed(boxed);
    expect(areas).toHaveLength(1);
    expect(differing(boxed, plain)).toBeGreaterThan(0.008);
    expect(differing(raster, plain)).toBeLessThan(0.0015);
  }
});

test('follows the outline of what is no rectangle', () => {
  const disc = ({ context }: Sheet) => {
    context.fillStyle = '#1e3a8a';
    context.beginPath();
    context.arc(250, 240, 160, 0, 2 * Math.PI);
    context.fill();
  };
  const lettered = page((sheet) => {
    disc(sheet);
    write(sheet, 'white');
  });
  const plain = page((sheet) => write(sheet, 'black'));
  expect(turnReversed(page(disc)).areas).toEqual([]);
  expect(differing(turnReversed(lettered).raster, plain)).toBeLessThan(0.0015);
});

test('takes a bar for one that rules of a table run into', () => {
  const { areas } = turnReversed(
    page((sheet) => {
      sheet.fill([50, 100, 500, 116], '#1e3a8a');
      sheet.text(60, 111, 'Item Count Price Total', { ...STYLE, color: 'white' });
      sheet.frame([50, 100, 500, 300]);
      for (const x of [150, 250, 350]) sheet.rule(x, 100, x, 300);
    }),
  );
  expect(areas).toHaveLength(1);
  expect((areas[0] as number[])[3]).toBeLessThan(250);
});

test('leaves dark text, large letters, bars and pictures as they are', () => {
  const other = page((sheet) => {
    write(sheet, 'black');
    sheet.text(60, 220, 'BIG BOLD 8&B', { family: 'Sans Bold', size: 64 });
    sheet.fill([60, 250, 200, 330], '#222');
    for (let x = 220; x < 400; x += 2) {
      for (let y = 250; y < 330; y += 2) {
        const level = 40 + 90 * Math.abs(Math.sin(x * y)) + 60 * Math.sin(x / 30);
        sheet.fill([x, y, x + 2, y + 2], `rgb(${level}, ${level}, ${level})`);
      }
    }
  });
  expect(turnReversed(other).areas).toEqual([]);
});
