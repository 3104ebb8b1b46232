import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { rawPdf } from '#fixtures/pdf.ts';
import { pdfPages } from '../testing/pdf-pages.ts';

const prepare = pdfPages();

const WORDS = 'BT /F 14 Tf 20 100 Td (Words of the page) Tj ET';
const stream = (data: string, entries = '') =>
  `<<${entries} /Length ${data.length}>> stream\n${data}\nendstream`;

/** Looks at a page with these contents; `objects` are numbered from 5. */
async function look(contents: string, ...objects: string[]) {
  const file = rawPdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Count 1/Kids[3 0 R]>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</Font<</F 4 0 R>>/XObject<</Im 6 0 R>>>>${contents}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    ...objects,
  ]);
  return prepare(file);
}

test.each([
  ['do not unpack', '/Contents 5 0 R', stream('no flate at all', '/Filter/FlateDecode')],
  ['are packed in an unknown way', '/Contents 5 0 R', stream('words', '/Filter/Unknown')],
  ['are not there', '/Contents 99 0 R', '<<>>'],
  ['are no operators', '/Contents 5 0 R', stream('\x8f\xa1 }} \xfe\x01')],
])('takes no page for blank whose contents %s', async (_, contents, object) => {
  await expect(look(contents, object)).rejects.toMatchObject({ code: 'CORRUPT_FILE' });
});

test('takes an empty page for blank', async () => {
  expect(await look('')).toMatchObject({ source: 'blank', warnings: [] });
  expect(await look('/Contents 5 0 R', stream('q Q'))).toMatchObject({
    source: 'blank',
    warnings: [],
  });
});

test('tells that a part of the page is missing', async () => {
  const whole = await look('/Contents 5 0 R', stream(WORDS));
  expect(whole).toMatchObject({ source: 'native', warnings: [] });
  const part = await look('/Contents[5 0 R 99 0 R]', stream(WORDS));
  expect(part).toMatchObject({
    source: 'native',
    warnings: [expect.stringContaining('damaged in part')],
  });
});

const PICTURE = stream('q 200 0 0 200 0 0 cm /Im Do Q');
/** 100 × 100 gray pixels, of which `data` are there. */
const image = (data: string, entries = '') =>
  stream(
    data,
    `/Type/XObject/Subtype/Image/Width 100/Height 100/ColorSpace/DeviceGray/BitsPerComponent 8${entries}`,
  );

test.each([
  ['are not there', image('')],
  ['do not unpack', image('no flate at all', '/Filter/FlateDecode')],
  ['lie in another file', image('', '/F(/etc/hostname)/FFilter/DCTDecode')],
])('takes no picture for blank whose pixels %s', async (_, object) => {
  await expect(look('/Contents 5 0 R', PICTURE, object)).rejects.toMatchObject({
    code: 'IMAGE_UNREADABLE',
  });
});

test('tells of a picture that ends early, and of one that is not seen', async () => {
  const half = await look('/Contents 5 0 R', PICTURE, image('\x20\xf0'.repeat(2_500)));
  expect(half.warnings).toEqual([expect.stringContaining('damaged in part')]);
  const nowhere = stream('q 0 0 0 0 0 0 cm /Im Do Q');
  const unseen = await look('/Contents 5 0 R', nowhere, image('\x20\xf0'.repeat(5_000)));
  expect(unseen.warnings).toEqual([expect.stringContaining('nothing of them is seen')]);
});

/** Each bit a white row of Group 4. */
const fax = (rows: number) =>
  stream(
    '\xff'.repeat(rows / 8),
    '/Subtype/Image/Width 100/Height 96/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 100>>',
  );
const mask = (rows: number) =>
  stream('\xf0'.repeat(13 * rows), '/Subtype/Image/Width 100/Height 100/ImageMask true');
/** A segment of JBIG2 that tells the size of the page, and the head of one that puts something on it. */
const JBIG2_PAGE = `\0\0\0\0\x30\0\x01\0\0\0\x13\0\0\0\x64\0\0\0\x64${'\0'.repeat(11)}`;
const JBIG2_REGION = '\0\0\0\x01\x26\0\x01\0\0\x01\0some of its bytes';
const jbig2 = (data: string) =>
  stream(
    data,
    '/Subtype/Image/Width 100/Height 100/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode',
  );

test.each([
  ['a fax with fewer rows', fax(48), true],
  ['a whole fax', fax(96), false],
  ['a mask with fewer rows', mask(50), true],
  ['a whole mask', mask(100), false],
  ['a JBIG2 image without a region', jbig2(JBIG2_PAGE), true],
  ['a JBIG2 image that ends within a region', jbig2(JBIG2_PAGE + JBIG2_REGION), true],
])('tells of pixels that decoders leave out in silence: %s', async (_, object, damaged) => {
  const both = stream(`q 200 0 0 200 0 0 cm /Im Do Q ${WORDS}`);
  const { warnings } = await look('/Contents 5 0 R', both, object);
  expect(warnings.some((text) => /damaged|decode/.test(text))).toBe(damaged);
});

test('takes no page for blank whose contents break off before anything is drawn', async () => {
  const long = Array.from({ length: 600 }, (_, index) => `${Math.sin(index)} w`).join(' ');
  const packed = deflateSync(Buffer.from(`${long} ${WORDS}`)).subarray(0, 1_500);
  const contents = stream(packed.toString('latin1'), '/Filter/FlateDecode');
  await expect(look('/Contents 5 0 R', contents)).rejects.toMatchObject({ code: 'CORRUPT_FILE' });
});

test('keeps the text beside a picture that does not unpack', async () => {
  const both = stream(`q 200 0 0 200 0 0 cm /Im Do Q ${WORDS}`);
  const page = await look('/Contents 5 0 R', both, image('no flate at all', '/Filter/FlateDecode'));
  expect(page.kind === 'drawn' && page.native.length).toBe(1);
  expect(page.warnings).toContainEqual(expect.stringContaining('could not be decoded'));
});
