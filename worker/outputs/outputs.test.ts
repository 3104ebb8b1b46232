import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { DocumentRow } from '#db/schema/index.ts';
import { buildLayout } from '#fixtures/layouts.ts';
import type { OutputFormat } from '#server/documents/formats.ts';
import { textOptionsOf } from '#server/outputs/variants.ts';
import { OUTPUT_WRITERS } from './index.ts';
import { escapeMarkdown } from './markdown.ts';
import type { OutputPage } from './pages.ts';

const HOSTILE = `<script>"a" & 'b'</script>\u0000\u0007\ud800\u202e]]>`;
const CLEAN = `<script>"a" & 'b'</script>\ufffd\u202e]]>`;

const document = {
  id: '018f0000-0000-7000-8000-000000000001',
  fileName: 'A "strange"; <file>.pdf',
  pageCount: 3,
  options: { languages: ['eng'], formats: ['txt'] },
} as DocumentRow;

const read = buildLayout({
  width: 1000,
  height: 2000,
  lines: [
    {
      words: [
        ['Fish', [100, 100.4, 150, 120]],
        [HOSTILE, [160, 100, 260, 120]],
      ],
      baseline: [100, 116, 260, 118],
    },
    {
      words: [
        ['漢', [100, 200, 120, 220]],
        ['字', [122, 200, 142, 220]],
      ],
    },
  ],
});
const native = buildLayout({
  page: 3,
  lines: [{ words: [['born', [1, 2, 3, 4]]] }],
  provenance: 'native',
  confidence: null,
});
const PAGES: OutputPage[] = [
  { number: 1, layout: read },
  { number: 2, error: { code: 'PAGE_TIMEOUT', sentence: 'It took <too> long.' } },
  { number: 3, layout: native },
];

async function write(format: OutputFormat): Promise<string> {
  const source = {
    graft: () => Promise.reject(new Error('no file')),
    warn() {},
    text: textOptionsOf(''),
  };
  let text = '';
  const pages = (async function* () {
    yield* PAGES;
  })();
  for await (const chunk of OUTPUT_WRITERS[format](document, pages, source)) text += chunk;
  return text;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  alwaysCreateTextNode: true,
  htmlEntities: false,
  isArray: (name) => ['div', 'p', 'span', 'Page', 'TextBlock', 'TextLine', 'String'].includes(name),
});

test.each(['txt', 'json', 'md', 'hocr', 'alto', 'tsv', 'textract'] as const)(
  'a page that failed says so in %s, with its code',
  async (format) => {
    expect(await write(format)).toContain(
      'PAGE_TIMEOUT'.replace('_', format === 'md' ? '\\_' : '_'),
    );
  },
);

describe('hOCR', () => {
  test('is XML whatever the text, with boxes, baselines and confidences', async () => {
    const text = await write('hocr');
    expect(XMLValidator.validate(text)).toBe(true);
    const body = parser.parse(text).html.body;
    const [page, failed, last] = body.div;
    expect(page).toMatchObject({
      class: 'ocr_page',
      title: 'image "A _strange__ <file>.pdf"; bbox 0 0 1000 2000; ppageno 0; scan_res 150 150',
    });
    const line = page.div[0].p[0].span[0];
    expect(line).toMatchObject({
      class: 'ocr_line',
      title: 'bbox 100 100 260 120; baseline 0.0125 -4',
    });
    const [word, hostile] = line.span;
    expect(word).toMatchObject({ title: 'bbox 100 100 150 120; x_wconf 91', '#text': 'Fish' });
    expect(hostile['#text']).toBe(CLEAN);
    expect(failed.p[0]['#text']).toBe('Page 2 was not read: It took <too> long. (PAGE_TIMEOUT)');
    expect(last.div[0].p[0].span[0].span[0].title).toBe('bbox 1 2 3 4');
  });
});

describe('ALTO', () => {
  test('is XML whatever the text, in pixels, confidences as fractions', async () => {
    const text = await write('alto');
    expect(XMLValidator.validate(text)).toBe(true);
    const { alto } = parser.parse(text);
    expect(alto.Description.MeasurementUnit['#text']).toBe('pixel');
    const [page, failed, last] = alto.Layout.Page;
    expect(page).toMatchObject({
      WIDTH: '1000',
      HEIGHT: '2000',
      PHYSICAL_IMG_NR: '1',
      PC: '0.9125',
    });
    const [block, wide] = page.PrintSpace.TextBlock;
    const line = block.TextLine[0];
    expect(line).toMatchObject({ HPOS: '100', WIDTH: '160', BASELINE: '100,116 260,118' });
    expect(line.String[0]).toMatchObject({ CONTENT: 'Fish', VPOS: '100.4', WC: '0.9125' });
    expect(line.String[1].CONTENT).toBe(CLEAN);
    expect(line.SP).toMatchObject({ HPOS: '150', WIDTH: '10' });
    expect(wide.TextLine[0].SP).toBeUndefined();
    expect(failed).toMatchObject({
      QUALITY: 'Missing',
      QUALITY_DETAIL: 'PAGE_TIMEOUT: It took <too> long.',
    });
    expect(last.PrintSpace.TextBlock[0].TextLine[0].String[0].WC).toBeUndefined();
  });

  test('gives each element an id of its own', async () => {
    const ids = [...(await write('alto')).matchAll(/ ID="(.+?)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('TSV has the columns and levels of Tesseract, one row a line', async () => {
  const [head, ...rows] = (await write('tsv')).trimEnd().split('\n');
  expect(head?.split('\t')).toHaveLength(12);
  const cells = rows.map((row) => row.split('\t'));
  expect(cells.every((row) => row.length === 12)).toBe(true);
  expect(cells.map(([level]) => level).join('')).toBe('12345523455' + '1' + '12345');
  expect(cells[4]).toEqual([
    '5',
    '1',
    '1',
    '1',
    '1',
    '1',
    '100',
    '100',
    '50',
    '20',
    '91.25',
    'Fish',
  ]);
  expect(cells.at(-1)?.slice(10)).toEqual(['100', 'born']);
});

test('Markdown shows the text as it is, a paragraph for each block', async () => {
  const text = await write('md');
  expect(text).toContain('<!-- page 1 -->\n\nFish \\<script\\>');
  expect(text).toContain('\n\n漢字\n\n<!-- page 2 -->\n\n> Page 2 was not read');
  expect(escapeMarkdown('1. *a* _b_ `c` [d](e) ![f](g) h|i ~j~ &amp; $k$')).toBe(
    '1\\. \\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) !\\[f\\](g) h\\|i \\~j\\~ \\&amp; \\$k\\$',
  );
  for (const start of ['# a', '- a', '+ a', '=== a', '--- ', '12) a'])
    expect(escapeMarkdown(start)).toMatch(/^(\\[#+=-]|12\\\))/);
});

test('Textract JSON relates pages, lines and words, geometry as ratios', async () => {
  const answer = JSON.parse(await write('textract'));
  expect(answer).toMatchObject({
    DocumentMetadata: { Pages: 3 },
    JobStatus: 'PARTIAL_SUCCESS',
    Warnings: [{ ErrorCode: 'PAGE_TIMEOUT', Pages: [2] }],
  });
  type Block = {
    BlockType: string;
    Id: string;
    Text?: string;
    Page: number;
    Relationships?: { Type: string; Ids: string[] }[];
  };
  const blocks = answer.Blocks as Block[];
  const byId = new Map(blocks.map((block) => [block.Id, block]));
  expect(byId.size).toBe(blocks.length);
  const [page] = blocks;
  const lines = page?.Relationships?.[0]?.Ids.map((id) => byId.get(id)) ?? [];
  expect(lines.map((line) => line?.BlockType)).toEqual(['LINE', 'LINE']);
  expect(lines[1]?.Text).toBe('漢字');
  const words = lines[0]?.Relationships?.[0]?.Ids.map((id) => byId.get(id)) ?? [];
  expect(words[0]).toMatchObject({
    BlockType: 'WORD',
    Text: 'Fish',
    Confidence: 91.25,
    Page: 1,
    Geometry: {
      BoundingBox: { Left: 0.1, Top: 0.0502, Width: 0.05, Height: 0.0098 },
      Polygon: [
        { X: 0.1, Y: 0.0502 },
        { X: 0.15, Y: 0.0502 },
        { X: 0.15, Y: 0.06 },
        { X: 0.1, Y: 0.06 },
      ],
    },
  });
  expect(JSON.parse(await write('textract'))).toEqual(answer);
});
