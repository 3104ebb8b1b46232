import type { Layout } from '#server/pages/layout.ts';
import { imageDpi } from '#worker/image/dpi.ts';
import { readMetadata } from '#worker/image/metadata.ts';
import type { OutputPage } from '#worker/outputs/pages.ts';
import type { GraftResult, GraftTask } from '#worker/page/protocol.ts';
import { type Matrix, multiply } from '#worker/pdf/matrix.ts';
import { POINTS_PER_INCH } from '#worker/pdf/resolution.ts';
import { GlyphlessFont } from './glyphless-font.ts';
import { failureLine, readTaskPages, recognizedLines } from './pages.ts';
import { flateObject, PdfFile, pdfNumber } from './pdf-file.ts';
import { type Picture, readPicture } from './picture.ts';
import { textLayer } from './text-layer.ts';
import { turnedBack } from './turned-back.ts';

const FONT_NAME = 'FanfoldText';
/** A4, for a page whose picture does not open, points. */
const BLANK = { width: 595, height: 842 };
/** Pages under one node of the page tree. */
const PAGES_PER_NODE = 100;

/** A PDF with each picture on a page of its size, and the words over it as invisible text. */
export async function imagesToPdf(task: GraftTask): Promise<GraftResult> {
  const file = await PdfFile.create(task.output);
  try {
    const font = new GlyphlessFont(file);
    const tree = new PageTree(file);
    for await (const page of readTaskPages(task.pages)) {
      await tree.add(await pageEntries(task, file, font, page));
    }
    await font.finish();
    const pages = await tree.finish();
    const catalog = await file.add(`<< /Type /Catalog /Pages ${pages} 0 R >>`);
    await file.finish(`/Root ${catalog} 0 R`, 'table');
    return { warnings: [] };
  } finally {
    await file.close();
  }
}

async function pageEntries(
  task: GraftTask,
  file: PdfFile,
  font: GlyphlessFont,
  page: OutputPage,
): Promise<string> {
  const picture = await pictureOf(task, page);
  const size = picture ? await sizeOf(task, page, picture) : BLANK;
  const image = picture && (await file.add(picture.object));
  const lines = 'layout' in page ? recognizedLines(page.layout) : [failureLine(page)];
  const text = textLayer(lines, pageMatrix(page, size), font, FONT_NAME);
  const content = await file.add(flateObject(text + (picture ? drawing(picture, size) : '')));
  const rotation = 'layout' in page ? page.layout.rotation : 0;
  return [
    '/Type /Page',
    `/MediaBox [0 0 ${pdfNumber(size.width)} ${pdfNumber(size.height)}]`,
    ...(rotation ? [`/Rotate ${rotation}`] : []),
    `/Resources << /Font << /${FONT_NAME} ${font.number} 0 R >>${image ? ` /XObject << /Im ${image} 0 R >>` : ''} >>`,
    `/Contents ${content} 0 R`,
  ].join(' ');
}

/** A page that was read has its picture; one that was not may have none that opens. */
async function pictureOf({ source, limits }: GraftTask, page: OutputPage): Promise<Picture | null> {
  const read = readPicture(source, page.number, limits);
  return 'layout' in page ? read : read.catch(() => null);
}

interface Size {
  /** Points, as the picture lies in the file, before the page is turned. */
  width: number;
  height: number;
}

async function sizeOf(task: GraftTask, page: OutputPage, picture: Picture): Promise<Size> {
  if ('layout' in page) {
    const { width, height, dpi, rotation } = page.layout;
    const points = (pixels: number) => (pixels * POINTS_PER_INCH) / dpi;
    const sideways = rotation === 90 || rotation === 270;
    return sideways
      ? { width: points(height), height: points(width) }
      : { width: points(width), height: points(height) };
  }
  const { metadata } = await readMetadata(task.source, page.number, task.limits);
  const scale = POINTS_PER_INCH / imageDpi(metadata.density, picture);
  return { width: picture.width * scale, height: picture.height * scale };
}

function pageMatrix(page: OutputPage, { height }: Size): Matrix {
  const upwards = (scale: number): Matrix => [scale, 0, 0, -scale, 0, height];
  if (!('layout' in page)) return upwards(1);
  const layout: Layout = page.layout;
  return multiply(upwards(POINTS_PER_INCH / layout.dpi), turnedBack(layout));
}

/** Paints the unit square of the picture over the page. */
function drawing({ placement }: Picture, { width, height }: Size): string {
  const matrix = multiply([width, 0, 0, height, 0, 0], placement);
  return `q ${matrix.map(pdfNumber).join(' ')} cm /Im Do Q\n`;
}

/** The pages in a tree of two levels, which readers of long files expect. */
class PageTree {
  readonly #file: PdfFile;
  readonly #root: number;
  readonly #nodes: { number: number; kids: number[] }[] = [];

  constructor(file: PdfFile) {
    this.#file = file;
    this.#root = file.reserve();
  }

  async add(entries: string): Promise<void> {
    let node = this.#nodes.at(-1);
    if (!node || node.kids.length === PAGES_PER_NODE) {
      node = { number: this.#file.reserve(), kids: [] };
      this.#nodes.push(node);
    }
    node.kids.push(await this.#file.add(`<< ${entries} /Parent ${node.number} 0 R >>`));
  }

  /** Returns the number of its root. */
  async finish(): Promise<number> {
    for (const { number, kids } of this.#nodes) {
      const entries = `/Type /Pages /Parent ${this.#root} 0 R /Count ${kids.length}`;
      await this.#file.write(number, `<< ${entries} /Kids [${references(kids)}] >>`);
    }
    const count = this.#nodes.reduce((sum, node) => sum + node.kids.length, 0);
    const kids = references(this.#nodes.map((node) => node.number));
    await this.#file.write(this.#root, `<< /Type /Pages /Count ${count} /Kids [${kids}] >>`);
    return this.#root;
  }
}

function references(numbers: number[]): string {
  return numbers.map((number) => `${number} 0 R`).join(' ');
}
