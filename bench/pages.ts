import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import sharp from 'sharp';
import { A4 } from '#fixtures/images.ts';

/** A page as it was scanned, in gray, and what stands on it. */
export interface ScannedPage {
  /** An image file of any kind that sharp opens. */
  image: Buffer;
  truth: string;
}

export const DPI = 300;
const WIDTH = Math.ceil((A4.width * DPI) / 16) * 16;
const HEIGHT = Math.round(A4.height * DPI);
const FAMILY = 'Fixture Sans';
const MARGIN = 220;
const PROJECT = join(import.meta.dirname, '..');

type Draw = (context: SKRSContext2D, words: () => string[]) => string;

/** One column of running text, as a letter or a book has it. */
export const prose: Draw = (context, words) =>
  column(context, words(), {
    x: MARGIN,
    y: MARGIN,
    width: WIDTH - 2 * MARGIN,
    size: 44,
    lines: 44,
  });

/** Two columns; the left one is read first. */
export const columns: Draw = (context, words) => {
  const width = (WIDTH - 2 * MARGIN - 120) / 2;
  const at = (x: number) => column(context, words(), { x, y: MARGIN, width, size: 38, lines: 46 });
  return [at(MARGIN), at(MARGIN + width + 120)].join('\n');
};

/** A ruled table under a paragraph; read row by row. */
export const table: Draw = (context, words) => {
  const width = WIDTH - 2 * MARGIN;
  const above = column(context, words(), { x: MARGIN, y: MARGIN, width, size: 42, lines: 6 });
  const [top, high, wide] = [900, 110, width / 4];
  const cells = words().filter((word) => /^[A-Za-z]{3,10}$/.test(word));
  context.lineWidth = 4;
  const rows = Array.from({ length: 18 }, (_, row) => {
    const y = top + row * high;
    return [0, 1, 2, 3]
      .map((col) => {
        context.strokeRect(MARGIN + col * wide, y, wide, high);
        const text =
          col < 2 ? (cells[row * 2 + col] ?? 'none') : String((row + 3) * (col * 731 + 57));
        context.fillText(text, MARGIN + col * wide + 24, y + 72);
        return text;
      })
      .join(' ');
  });
  return [above, ...rows].join('\n');
};

/** Draws pages, then makes them look scanned: a little askew, unsharp, grainy. */
export async function drawScans(kinds: Draw[], count: number): Promise<ScannedPage[]> {
  const words = documentationWords();
  const pages: ScannedPage[] = [];
  for (let index = 0; index < count; index++) {
    const canvas = createCanvas(WIDTH, HEIGHT);
    const context = canvas.getContext('2d');
    context.fillStyle = 'white';
    context.fillRect(0, 0, WIDTH, HEIGHT);
    context.fillStyle = 'black';
    context.rotate((((index % 5) - 2) * 0.2 * Math.PI) / 180);
    let at = index * 700;
    const next = () => {
      const taken = Array.from(
        { length: 700 },
        (_, word) => words[(at + word) % words.length] ?? '',
      );
      at += 350;
      return taken;
    };
    const truth = (kinds[index % kinds.length] as Draw)(context, next);
    pages.push({ truth, image: await degrade(canvas.toBuffer('image/png')) });
  }
  return pages;
}

function column(
  context: SKRSContext2D,
  words: string[],
  area: { x: number; y: number; width: number; size: number; lines: number },
): string {
  context.font = `${area.size}px "${FAMILY}"`;
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (context.measureText(longer).width <= area.width) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
    if (lines.length === area.lines) break;
  }
  lines.forEach((text, index) => {
    context.fillText(text, area.x, area.y + index * area.size * 1.4);
  });
  return lines.join('\n');
}

async function degrade(png: Buffer): Promise<Buffer> {
  const noise = sharp({
    create: {
      width: WIDTH,
      height: HEIGHT,
      channels: 3,
      background: 'black',
      noise: { type: 'gaussian', mean: 128, sigma: 14 },
    },
  });
  return sharp(png)
    .flatten({ background: 'white' })
    .blur(1.1)
    .linear(0.82, 24)
    .composite([
      { input: await noise.png({ compressionLevel: 0 }).toBuffer(), blend: 'soft-light' },
    ])
    .grayscale()
    .toColourspace('b-w')
    .jpeg({ quality: 82 })
    .toBuffer();
}

/** The words of the documentation, without its markup. */
export function documentationWords(): string[] {
  return globSync('docs/*.md', { cwd: PROJECT })
    .sort()
    .flatMap((path) => readFileSync(join(PROJECT, path), 'utf8').split('\n'))
    .filter((line) => !/^\s*([|#>`│┌└─]|---)|[│▶▼]/.test(line))
    .flatMap((line) => line.replace(/[`*_[\]]|\(\S+\)/g, '').split(/\s+/))
    .filter((word) => /^[\p{L}\d.,;:'()-]+$/u.test(word) && word !== '-');
}
