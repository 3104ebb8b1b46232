import { XMLParser } from 'fast-xml-parser';
import type { RawBlock, RawLine, RawWord } from './tesseract-blocks.ts';

/** An element as the parser gives it: its attributes under `:@`, its content under its name. */
type Node = { ':@'?: Record<string, string> } & Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  // Numeric references are decoded with the named ones of HTML only.
  htmlEntities: true,
  processEntities: { enabled: true, maxExpandedLength: Number.POSITIVE_INFINITY },
});

/** What Tesseract writes as hOCR 1.2, as its library would give it: boxes in pixels of the page. */
export function parseHocr(hocr: string): { version: string; blocks: RawBlock[] } {
  const page = parser.parse(hocr) as Node[];
  const system = findAll(page, (node) => attribute(node, 'name') === 'ocr-system')[0];
  const version = system && /\d\S*/.exec(attribute(system, 'content'))?.[0];
  const blocks = ofClass(page, /^ocr_carea$/).map((block) => ({
    paragraphs: ofClass(block, /^ocr_par$/).map((paragraph) => ({
      lines: ofClass(paragraph, LINE).map(toLine),
    })),
  }));
  return { version: version ?? 'unknown', blocks };
}

const LINE = /^ocr_(line|caption|header|textfloat)$/;

function toLine(line: Node): RawLine {
  const bbox = boxOf(line);
  const [slope = 0, offset = 0] = property(line, 'baseline');
  const atLeft = bbox.y1 + offset;
  const atRight = atLeft + slope * (bbox.x1 - bbox.x0);
  return {
    bbox,
    baseline: { x0: bbox.x0, y0: atLeft, x1: bbox.x1, y1: atRight },
    words: ofClass(line, /^ocrx_word$/).map(toWord),
  };
}

function toWord(word: Node): RawWord {
  const [confidence = 0] = property(word, 'x_wconf');
  return { text: textOf(word), bbox: boxOf(word), confidence };
}

function boxOf(node: Node): RawLine['bbox'] {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = property(node, 'bbox');
  return { x0, y0, x1, y1 };
}

/** The numbers of a property in the element's title, e.g. of `bbox 10 20 30 40`. */
function property(node: Node, name: string): number[] {
  const properties = attribute(node, 'title').split(';');
  const found = properties.map((each) => each.trim().split(/\s+/)).find(([key]) => key === name);
  return found?.slice(1).map(Number) ?? [];
}

function ofClass(within: Node | Node[], name: RegExp): Node[] {
  return findAll(within, (node) => name.test(attribute(node, 'class')));
}

/** The outermost elements for which `test` holds, in order. */
function findAll(within: Node | Node[], test: (node: Node) => boolean): Node[] {
  const children = Array.isArray(within) ? within : childrenOf(within);
  return children.flatMap((child) => (test(child) ? [child] : findAll(child, test)));
}

function childrenOf(node: Node): Node[] {
  return Object.entries(node).flatMap(([name, value]) =>
    name !== ':@' && Array.isArray(value) ? (value as Node[]) : [],
  );
}

function textOf(node: Node): string {
  if (typeof node['#text'] === 'string') return node['#text'];
  return childrenOf(node).map(textOf).join('');
}

function attribute(node: Node, name: string): string {
  return node[':@']?.[name] ?? '';
}
