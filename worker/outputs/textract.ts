import { createHash } from 'node:crypto';
import { type Box, type Layout, type Line, lineText, type Word } from '#server/pages/layout.ts';
import type { FailedPage } from './failed-page.ts';
import type { OutputWriter } from './index.ts';
import { rounded } from './numbers.ts';

/** Of the PDF's own text, which was not recognised; Textract knows no word without a confidence. */
const CERTAIN = 100;

/**
 * JSON in the shape of Textract's text detection: PAGE, LINE and WORD blocks, geometry as ratios of
 * the upright page, confidences 0–100. A page that failed is an empty PAGE and one of the `Warnings`.
 */
export const writeTextract: OutputWriter = async function* (document, pages) {
  yield `{"DocumentMetadata":{"Pages":${document.pageCount ?? 0}},"Blocks":[`;
  const failed: FailedPage[] = [];
  let first = true;
  for await (const page of pages) {
    const idOf = (place: string) => stableId(`${document.id}/${page.number}${place}`);
    if ('error' in page) failed.push(page);
    const blocks = 'layout' in page ? layoutBlocks(page.layout, idOf) : [emptyPage(page, idOf)];
    yield (first ? '\n' : ',\n') + blocks.map((block) => JSON.stringify(block)).join(',\n');
    first = false;
  }
  const end = {
    DetectDocumentTextModelVersion: '1.0',
    JobStatus: failed.length > 0 ? 'PARTIAL_SUCCESS' : 'SUCCEEDED',
    ...(failed.length > 0 && { Warnings: failed.map(warning) }),
  };
  yield `\n],${JSON.stringify(end).slice(1)}\n`;
};

type IdOf = (place: string) => string;

function layoutBlocks(layout: Layout, idOf: IdOf) {
  const lines = layout.blocks.flatMap((block) => block.lines);
  const whole: Box = [0, 0, layout.width, layout.height];
  const lineIds = lines.map((_, index) => idOf(`/${index + 1}`));
  const page = {
    BlockType: 'PAGE',
    Geometry: geometry(whole, layout),
    Id: idOf(''),
    ...children(lineIds),
    Page: layout.page,
  };
  return [
    page,
    ...lines.map((line, index) => lineBlock(line, layout, `/${index + 1}`, idOf)),
    ...lines.flatMap((line, index) =>
      line.words.map((word, at) => wordBlock(word, layout, `/${index + 1}/${at + 1}`, idOf)),
    ),
  ];
}

function emptyPage({ number }: FailedPage, idOf: IdOf) {
  const Geometry = geometry([0, 0, 1, 1], { width: 1, height: 1 });
  return { BlockType: 'PAGE', Geometry, Id: idOf(''), Page: number };
}

function lineBlock({ box, words }: Line, layout: Layout, place: string, idOf: IdOf) {
  const sum = words.reduce((total, word) => total + (word.confidence ?? CERTAIN), 0);
  return {
    BlockType: 'LINE',
    Confidence: rounded(sum / Math.max(1, words.length), 4),
    Text: lineText(words),
    Geometry: geometry(box, layout),
    Id: idOf(place),
    ...children(words.map((_, index) => idOf(`${place}/${index + 1}`))),
    Page: layout.page,
  };
}

function wordBlock({ text, box, confidence }: Word, layout: Layout, place: string, idOf: IdOf) {
  return {
    BlockType: 'WORD',
    Confidence: rounded(confidence ?? CERTAIN, 4),
    Text: text,
    TextType: 'PRINTED',
    Geometry: geometry(box, layout),
    Id: idOf(place),
    Page: layout.page,
  };
}

function children(ids: string[]) {
  return ids.length > 0 ? { Relationships: [{ Type: 'CHILD', Ids: ids }] } : {};
}

function geometry([x0, y0, x1, y1]: Box, { width, height }: Pick<Layout, 'width' | 'height'>) {
  const [left, right] = [ratio(x0, width), ratio(x1, width)];
  const [top, bottom] = [ratio(y0, height), ratio(y1, height)];
  return {
    BoundingBox: {
      Width: rounded(right - left, 6),
      Height: rounded(bottom - top, 6),
      Left: left,
      Top: top,
    },
    Polygon: [
      { X: left, Y: top },
      { X: right, Y: top },
      { X: right, Y: bottom },
      { X: left, Y: bottom },
    ],
  };
}

function ratio(position: number, size: number): number {
  return rounded(Math.min(1, Math.max(0, position / size)), 6);
}

function warning({ number, error }: FailedPage) {
  return { ErrorCode: error.code, Pages: [number] };
}

/** A UUID that is the same each time the output is written. */
function stableId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
