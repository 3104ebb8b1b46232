import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { textPdf } from '#fixtures/pdf.ts';
import {
  columns,
  DPI,
  documentationWords,
  drawScans,
  prose,
  type ScannedPage,
  table,
} from './pages.ts';

export const SET_NAMES = ['gray', 'bilevel', 'mixed', 'digital'] as const;
export type SetName = (typeof SET_NAMES)[number];

/** One PDF that everyone reads, and what stands on its pages. */
export interface BenchSet {
  name: SetName;
  title: string;
  path: string;
  /** The text of each page, in order. */
  truths: string[];
  /** Whether its pages hold no text but their pictures. */
  scanned: boolean;
}

const TITLES: Record<SetName, string> = {
  gray: 'gray scans, 300 dpi',
  bilevel: 'bilevel G4 scans, 300 dpi',
  mixed: 'columns and tables, gray, 300 dpi',
  digital: 'born-digital pages',
};
/** Born-digital pages for each scanned one: they take so much less. */
const DIGITAL_SHARE = 50;
/** Lines of one, and letters of a line, that the page holds. */
const DIGITAL_LINES = 34;
const DIGITAL_LETTERS = 60;

/**
 * Makes a set in `folder`, or takes the one that is there. With a corpus (a folder with `scan200/NAME.jpg` and `truth/NAME.txt`) the
 * gray and bilevel pages are those, enlarged to 300 dpi; otherwise they are drawn.
 */
export async function makeSet(
  name: SetName,
  options: { folder: string; pages: number; corpus?: string | undefined },
): Promise<BenchSet> {
  await mkdir(options.folder, { recursive: true });
  const { pages, corpus } = options;
  const stem = join(options.folder, `${name}-${pages}${corpus ? '-corpus' : ''}`);
  const [path, truthPath] = [`${stem}.pdf`, `${stem}.json`];
  if (!existsSync(truthPath)) {
    const made = await (name === 'digital' ? digital(pages) : scanned(name, options));
    await writeFile(path, made.pdf);
    await writeFile(truthPath, JSON.stringify(made.truths));
  }
  const truths = JSON.parse(readFileSync(truthPath, 'utf8')) as string[];
  return { name, title: TITLES[name], path, truths, scanned: name !== 'digital' };
}

async function scanned(name: SetName, options: { pages: number; corpus?: string | undefined }) {
  const pages =
    name === 'mixed'
      ? await drawScans([columns, table], options.pages)
      : await proseScans(options.pages, options.corpus);
  const pdf = await PDFDocument.create();
  for (const page of pages) {
    await (name === 'bilevel' ? addBilevel(pdf, page.image) : addGray(pdf, page.image));
  }
  return { pdf: await pdf.save(), truths: pages.map(({ truth }) => truth) };
}

async function digital(pages: number) {
  const words = documentationWords();
  const truths = Array.from({ length: pages * DIGITAL_SHARE }, (_, index) => {
    const start = (index * 97) % (words.length - DIGITAL_LINES * 10);
    return wrap(words.slice(start, start + DIGITAL_LINES * 10))
      .slice(0, DIGITAL_LINES)
      .join('\n');
  });
  return { pdf: await textPdf({ pages: truths }), truths };
}

function wrap(words: string[]): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= DIGITAL_LETTERS) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

async function proseScans(count: number, corpus: string | undefined): Promise<ScannedPage[]> {
  const scans = corpus && join(corpus, 'scan200');
  if (!scans || !existsSync(scans)) return drawScans([prose], count);
  const files = readdirSync(scans).filter((file) => file.startsWith('en'));
  return Promise.all(
    Array.from({ length: count }, (_, index) => files[index % files.length] as string).map(
      async (file) => ({
        image: await enlarge(join(scans, file), DPI / 200),
        truth: readFileSync(join(corpus, 'truth', `${parse(file).name}.txt`), 'utf8'),
      }),
    ),
  );
}

async function enlarge(path: string, factor: number): Promise<Buffer> {
  const { width = 0 } = await sharp(path).metadata();
  return sharp(path)
    .resize({ width: Math.round(width * factor), kernel: 'cubic' })
    .grayscale()
    .toColourspace('b-w')
    .jpeg({ quality: 82 })
    .toBuffer();
}

async function addGray(pdf: PDFDocument, image: Buffer): Promise<void> {
  const picture = await pdf.embedJpg(image);
  const [width, height] = [picture.width, picture.height].map((side) => (side * 72) / DPI);
  pdf
    .addPage([width as number, height as number])
    .drawImage(picture, { x: 0, y: 0, width, height } as never);
}

/** Level of gray from which a pixel is paper. */
const THRESHOLD = 150;

/** The page as one image of CCITT Group 4, as an office scanner writes it. */
async function addBilevel(pdf: PDFDocument, image: Buffer): Promise<void> {
  const { width = 0, height = 0 } = await sharp(image).metadata();
  const [wide, high] = [width, height].map((side) => Math.ceil(side / 16) * 16) as [number, number];
  const tiff = await sharp(image)
    .extend({ right: wide - width, bottom: high - height, background: 'white' })
    .grayscale()
    .threshold(THRESHOLD)
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1, tile: true, tileWidth: wide, tileHeight: high })
    .toBuffer();
  const { context } = pdf;
  const stream = context.stream(onlyTile(tiff), {
    Type: 'XObject',
    Subtype: 'Image',
    Width: wide,
    Height: high,
    ColorSpace: 'DeviceGray',
    BitsPerComponent: 1,
    Filter: 'CCITTFaxDecode',
    DecodeParms: { K: -1, Columns: wide, Rows: high, BlackIs1: true },
  });
  const page = pdf.addPage([(wide * 72) / DPI, (high * 72) / DPI]);
  const name = page.node.newXObject('Scan', context.register(stream));
  const draw = `q ${page.getWidth()} 0 0 ${page.getHeight()} 0 0 cm ${name.asString()} Do Q`;
  page.node.addContentStream(context.register(context.stream(draw)));
}

/** The bytes of the one tile of a little-endian TIFF. */
function onlyTile(tiff: Buffer): Uint8Array {
  const directory = tiff.readUInt32LE(4);
  const entries = Array.from({ length: tiff.readUInt16LE(directory) }, (_, index) => {
    const at = directory + 2 + index * 12;
    return [tiff.readUInt16LE(at), tiff.readUInt32LE(at + 8)] as const;
  });
  const { 324: offset = 0, 325: bytes = 0 } = Object.fromEntries(entries);
  return tiff.subarray(offset, offset + bytes);
}
