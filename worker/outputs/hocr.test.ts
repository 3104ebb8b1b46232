import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { buildBlocks, buildLayout } from '#fixtures/layouts.ts';
import { CLEAN, PAGES, writeOutput } from './testing/write.ts';
import { parseXml } from './testing/xml.ts';

describe('hOCR', () => {
  test('is XML whatever the text, with boxes, baselines and confidences', async () => {
    const text = await writeOutput('hocr');
    expect(XMLValidator.validate(text)).toBe(true);
    const body = parseXml(text).html.body;
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

describe('the rules of hOCR 1.2', () => {
  const layout = {
    ...buildBlocks([
      { kind: 'header', lines: ['Report'] },
      { kind: 'text', lines: ['some text'] },
      { kind: 'page-number', lines: ['3'] },
    ]),
    dpi: 149.6,
  };

  test('every property has the grammar of its name', async () => {
    const moved = buildLayout({ lines: [{ words: [['out', [-4, -2, 30, 12]]] }] });
    const pages = [...PAGES, { number: 4, layout }, { number: 5, layout: moved }];
    const text = await writeOutput('hocr', { pages });
    const titles = [...text.matchAll(/ title="(.*?)"/g)].map(([, title]) =>
      unescapeXml(title ?? ''),
    );
    expect(titles.length).toBeGreaterThan(20);
    for (const title of titles) {
      for (const property of title.split('; ')) {
        const [name = '', ...values] = property.split(' ');
        expect(values.join(' '), property).toMatch(GRAMMAR[name] ?? /^unknown property$/);
      }
    }
  });

  test('every class that is used is announced, and has a box unless it is logical', async () => {
    const text = await writeOutput('hocr', { pages: [...PAGES, { number: 4, layout }] });
    const [, announced = ''] = /ocr-capabilities" content="(.*?)"/.exec(text) ?? [];
    const elements = [...text.matchAll(/<\w+ class="(ocrx?_\w+)"[^>]*?title="(.*?)"/g)];
    const used = new Set(elements.map(([, name]) => name ?? ''));
    expect([...used].filter((name) => !announced.split(' ').includes(name))).toEqual([]);
    expect([...used]).toEqual(expect.arrayContaining(['ocr_header', 'ocr_pageno']));
    expect(elements.filter(([, , title]) => !title?.includes('bbox'))).toEqual([]);
  });
});

const GRAMMAR: Record<string, RegExp> = {
  image: /^"[^"\\;]+"$/,
  bbox: /^(\d+ ){3}\d+$/,
  ppageno: /^\d+$/,
  scan_res: /^\d+ \d+$/,
  baseline: /^-?\d+(\.\d+)? -?\d+$/,
  x_wconf: /^\d+(\.\d+)?$/,
};

function unescapeXml(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
}
