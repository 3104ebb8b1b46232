import { expect, test } from 'vitest';
import { parseHocr } from './hocr.ts';

const page = (words: string) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title></title>
<meta name='ocr-system' content='tesseract 5.3.0' /></head><body>
<div class='ocr_page' id='page_1' title='image ""; bbox 0 0 2000 300; ppageno 0'>
<div class='ocr_carea' title="bbox 10 20 1000 60"><p class='ocr_par' title="bbox 10 20 1000 60">
<span class='ocr_header' title="bbox 10 20 1010 60; baseline 0.01 -8; x_size 40">${words}</span>
</p></div><div class='ocr_photo' title="bbox 0 100 200 300"></div></div></body></html>`;

test('takes words, boxes, confidences, the baseline and the version', () => {
  const { version, blocks } = parseHocr(
    page(
      `<span class='ocrx_word' title='bbox 10 20 90 55; x_wconf 96'>Fish &amp;</span>` +
        `<span class='ocrx_word' title='bbox 100 22 190 56; x_wconf 80'><strong><em>Chips</em></strong></span>`,
    ),
  );
  expect(version).toBe('5.3.0');
  const [line] = blocks[0]?.paragraphs[0]?.lines ?? [];
  expect(line?.words.map(({ text, confidence }) => [text, confidence])).toEqual([
    ['Fish &', 96],
    ['Chips', 80],
  ]);
  expect(line?.words[1]?.bbox).toEqual({ x0: 100, y0: 22, x1: 190, y1: 56 });
  expect(line?.baseline).toEqual({ x0: 10, y0: 52, x1: 1010, y1: 62 });
});

test('takes a page that is full of quotes', () => {
  const word = `<span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 90'>&quot;it&#39;s&quot;</span>`;
  const { blocks } = parseHocr(page(word.repeat(20_000)));
  const words = blocks[0]?.paragraphs[0]?.lines[0]?.words ?? [];
  expect(words).toHaveLength(20_000);
  expect(words.at(-1)?.text).toBe('"it\'s"');
});
