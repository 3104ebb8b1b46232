import { expect, test } from 'vitest';
import { rawPdf } from '#fixtures/pdf.ts';
import { pdfPages } from '../testing/pdf-pages.ts';

const prepare = pdfPages();

const stream = (data: string, entries = '') =>
  `<<${entries}/Length ${data.length}>> stream\n${data}\nendstream`;
const PICTURE = 'q 200 0 0 200 0 0 cm /Im Do Q';
const IMAGE = stream(
  '\x20\xf0'.repeat(5_000),
  '/Subtype/Image/Width 100/Height 100/ColorSpace/DeviceGray/BitsPerComponent 8',
);
const WORDS = 'BT /F 12 Tf 20 10 Td (Words that the page has of its own) Tj ET';
const HELVETICA = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>';
const RESOURCES = '/Resources<</XObject<</Im 5 0 R>>>>';

/** Looks at a page; `objects` are numbered from 6, the fonts F and T, the pattern P and the image Im are there. */
async function look(contents: string, ...objects: string[]) {
  const resources = '/Font<</F 7 0 R/T 6 0 R>>/Pattern<</P 6 0 R>>/XObject<</Im 5 0 R>>';
  const file = rawPdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Count 1/Kids[3 0 R]>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<${resources}>>/Contents 4 0 R>>`,
    stream(contents),
    IMAGE,
    ...objects,
  ]);
  const page = await prepare(file);
  return page.kind === 'drawn'
    ? { isRead: page.toRead !== null, own: page.native.length }
    : { isRead: false, own: page.blocks.length };
}

const drawnFont = (entries: string) =>
  `<</Type/Font/Subtype/Type3/FontBBox[0 0 200 200]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 8 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[200]${RESOURCES}${entries}>>`;
const GLYPH = 'BT /T 1 Tf 0 0 Td (a) Tj ET';

test('reads a picture that is a glyph of a font, beside the words of other fonts', async () => {
  const font = [drawnFont(''), HELVETICA, stream(`200 0 d0 ${PICTURE}`)];
  expect(await look(GLYPH, ...font)).toEqual({ isRead: true, own: 0 });
  expect(await look(`${GLYPH} ${WORDS}`, ...font)).toEqual({ isRead: true, own: 1 });
});

test('leaves glyphs that are small pictures to their map of characters', async () => {
  const small = stream('200 0 d0 q 8 0 0 8 0 0 cm /Im Do Q');
  const own = await look(`${GLYPH} ${WORDS}`, drawnFont(''), HELVETICA, small);
  expect(own).toMatchObject({ isRead: false });
});

test('reads a picture that is a pattern', async () => {
  const pattern = stream(
    PICTURE,
    `/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 200 200]/XStep 200/YStep 200${RESOURCES}`,
  );
  const painted = '/Pattern cs /P scn 0 0 200 200 re f';
  expect(await look(`${painted} ${WORDS}`, pattern, HELVETICA)).toEqual({ isRead: true, own: 1 });
});

/** So many rectangles in one path. */
const rectangles = (count: number) =>
  Array.from({ length: count }, (_, at) => `${at % 40} ${Math.floor(at / 40)} 1 1 re`).join(' ');

test.each([
  ['one path', `${rectangles(400)} f`],
  ['a path that cuts it out of what is filled', `${rectangles(400)} W n 0 0 200 200 re f`],
])('reads what is drawn as %s beside few words', async (_, drawing) => {
  const few = 'BT /F 8 Tf 20 100 Td (Page 1) Tj ET';
  expect(await look(`q ${drawing} Q ${few}`, 'null', HELVETICA)).toEqual({ isRead: true, own: 1 });
  const small = `q ${rectangles(3)} f Q ${few}`;
  expect(await look(small, 'null', HELVETICA)).toEqual({ isRead: false, own: 1 });
});

test('takes no page for blank whose letters are all spaces by their map', async () => {
  const map = stream(
    `1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <21> <7e> [${'<0020>'.repeat(94)}] endbfrange`,
  );
  const font = HELVETICA.replace('>>', '/ToUnicode 8 0 R>>');
  expect(await look(WORDS, 'null', font, map)).toEqual({ isRead: true, own: 0 });
});
