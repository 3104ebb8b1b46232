import type { DocumentRow } from '#db/schema/index.ts';
import type { Block, BlockKind, Box, Layout, Line, Word } from '#server/pages/layout.ts';
import packageFile from '../../package.json' with { type: 'json' };
import { type FailedPage, failureText } from './failed-page.ts';
import type { OutputWriter } from './index.ts';
import { rounded, wholePixels } from './numbers.ts';
import { escapeXml } from './xml.ts';

/** hOCR 1.2 as XHTML: boxes in pixels of the upright page, from its top left corner. */
export const writeHocr: OutputWriter = async function* (document, pages) {
  yield head(document);
  for await (const page of pages) {
    yield 'layout' in page ? pageElement(document, page.layout) : failedElement(document, page);
  }
  yield ' </body>\n</html>\n';
};

function head({ fileName, pageCount }: DocumentRow): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
 <head>
  <title>${escapeXml(fileName)}</title>
  <meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
  <meta name="ocr-system" content="fanfold ${packageFile.version}" />
  <meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_table ocr_header ocr_footer ocr_pageno ocr_par ocr_line ocrx_word" />
  <meta name="ocr-number-of-pages" content="${pageCount ?? 0}" />
 </head>
 <body>
`;
}

function pageElement(document: DocumentRow, layout: Layout): string {
  const { page, width, height, dpi, blocks } = layout;
  const resolution = Math.round(dpi);
  const title = [
    image(document),
    bbox([0, 0, width, height]),
    `ppageno ${page - 1}`,
    `scan_res ${resolution} ${resolution}`,
  ];
  const inner = blocks.map((block, index) => blockElement(block, `${page}_${index + 1}`));
  return `  <div class="ocr_page" id="page_${page}" ${titled(title)}>\n${inner.join('')}  </div>\n`;
}

function failedElement(document: DocumentRow, page: FailedPage): string {
  const title = [image(document), bbox([0, 0, 0, 0]), `ppageno ${page.number - 1}`];
  return `  <div class="ocr_page" id="page_${page.number}" ${titled(title)}>
   <p class="page_error" id="error_${page.number}">${escapeXml(failureText(page))}</p>
  </div>
`;
}

/** What a block is; its text is a paragraph within it. */
const BLOCK_CLASSES: Record<BlockKind, string> = {
  text: 'ocr_carea',
  heading: 'ocr_carea',
  list: 'ocr_carea',
  table: 'ocr_table',
  header: 'ocr_header',
  footer: 'ocr_footer',
  'page-number': 'ocr_pageno',
};

function blockElement({ kind, box, lines }: Block, id: string): string {
  const title = titled([bbox(box)]);
  const inner = lines.map((line, index) => lineElement(line, `${id}_${index + 1}`));
  return `   <div class="${BLOCK_CLASSES[kind]}" id="block_${id}" ${title}>
    <p class="ocr_par" id="par_${id}" ${title}>
${inner.join('')}    </p>
   </div>
`;
}

function lineElement(line: Line, id: string): string {
  const title = titled([bbox(line.box), ...baseline(line)]);
  const words = line.words.map((word, index) => wordElement(word, `${id}_${index + 1}`));
  return `     <span class="ocr_line" id="line_${id}" ${title}>\n${words.join('')}     </span>\n`;
}

function wordElement({ box, confidence, text }: Word, id: string): string {
  const sure = confidence === null ? [] : [`x_wconf ${Math.round(confidence)}`];
  const title = titled([bbox(box), ...sure]);
  return `      <span class="ocrx_word" id="word_${id}" ${title}>${escapeXml(text)}</span>\n`;
}

function titled(properties: string[]): string {
  return `title="${escapeXml(properties.join('; '))}"`;
}

/** The grammar knows no escape for a quote, and a semicolon ends a property for simple readers. */
function image({ fileName }: DocumentRow): string {
  return `image "${fileName.replace(/["\\;]/g, '_')}"`;
}

/** The grammar has no sign for what reaches beyond the page. */
function bbox(box: Box): string {
  const inside = wholePixels(box).map((pixels) => Math.max(0, pixels));
  return `bbox ${inside.join(' ')}`;
}

/** Slope and height of the baseline as seen from the bottom left corner of the line's box. */
function baseline({ box, baseline }: Line): string[] {
  if (!baseline) return [];
  const [x0, y0, x1, y1] = baseline;
  if (x1 - x0 < Math.abs(y1 - y0)) return [];
  const [left, , , bottom] = wholePixels(box);
  const slope = (y1 - y0) / (x1 - x0);
  return [`baseline ${rounded(slope, 4)} ${Math.round(y0 + slope * (left - x0) - bottom)}`];
}
