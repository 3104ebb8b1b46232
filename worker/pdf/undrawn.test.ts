import { expect, test } from 'vitest';
import { rawPdf } from '#fixtures/pdf.ts';
import { pdfPages } from '../testing/pdf-pages.ts';

const prepare = pdfPages();

const DRAWN = 'BT /F 14 Tf 20 100 Td (Words) Tj ET';

/** What is told of a page with these entries, contents and entries of the catalog. */
async function warningsOf(entries: string, contents = '', catalog = '') {
  const resources = '/Resources<</Font<</F 4 0 R>>/Properties<</Layer 6 0 R>>>>';
  const file = rawPdf([
    `<</Type/Catalog/Pages 2 0 R${catalog}>>`,
    '<</Type/Pages/Count 1/Kids[3 0 R]>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 5 0 R${resources}${entries}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    `<</Length ${contents.length}>> stream\n${contents}\nendstream`,
    '<</Type/OCG/Name(Layer)>>',
  ]);
  const page = await prepare(file);
  return page.warnings;
}

test('tells of form fields and notes that have text but no appearance', async () => {
  const box = '/Type/Annot/Rect[10 10 90 30]/DA(/Helv 12 Tf)';
  const annotations = [
    `<<${box}/Subtype/Widget/FT/Tx/T(a)/V(Jane Doe)>>`,
    `<<${box}/Subtype/Widget/FT/Tx/T(b)/V()>>`,
    `<<${box}/Subtype/FreeText/Contents(A remark)>>`,
    `<<${box}/Subtype/Widget/FT/Ch/T(c)/V(Chosen)/Opt[(Chosen)(Other)]>>`,
    `<<${box}/Subtype/Highlight/QuadPoints[10 30 90 30 10 10 90 10]/Contents(A doubt)>>`,
    `<<${box}/Subtype/Text/Contents(A closed note)>>`,
    `<<${box}/Subtype/Link/Contents(Where it leads)>>`,
  ];
  expect(await warningsOf(`/Annots[${annotations.join('')}]`)).toEqual([
    expect.stringMatching(/not read: 5/),
  ]);
});

test('tells of layers that are not shown, and not of those that are', async () => {
  const layered = `/OC /Layer BDC ${DRAWN} EMC`;
  const layers = (off: string) => `/OCProperties<</OCGs[6 0 R]/D<</OFF[${off}]>>>>`;
  expect(await warningsOf('', layered, layers('6 0 R'))).toEqual([
    expect.stringMatching(/layers that are not shown/),
  ]);
  expect(await warningsOf('', layered, layers(''))).toEqual([]);
});
