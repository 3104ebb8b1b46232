import { expect, test } from 'vitest';
import { drawPage, encodeTiffPages } from '#fixtures/images.ts';
import { textPdf } from '#fixtures/pdf.ts';
import { detectType, MAGIC_BYTES } from './detect-type.ts';

const startOf = (bytes: Uint8Array) => detectType(Buffer.from(bytes).subarray(0, MAGIC_BYTES));

test('tells a TIFF whose directory lies behind its pixels, in either byte order and size', async () => {
  for (const head of ['II*\0\0\0\x10\0', 'MM\0*\0\x10\0\0', 'II+\0\x08\0\0\0', 'MM\0+\0\x08\0\0']) {
    const start = Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(MAGIC_BYTES)]);
    expect(await startOf(start)).toBe('image/tiff');
  }
});

test('tells what can be read by its content', async () => {
  const picture = drawPage('A', { dpi: 20 });
  expect(await startOf(picture.jpeg())).toBe('image/jpeg');
  expect(await startOf(picture.png())).toBe('image/png');
  expect(await startOf(encodeTiffPages([picture]))).toBe('image/tiff');
  expect(await startOf(await textPdf({ pages: ['A'] }))).toBe('application/pdf');
});

test('takes a PDF behind something else for one, but not in an archive', async () => {
  const pdf = Buffer.from(await textPdf({ pages: ['A'] }));
  expect(await startOf(Buffer.concat([Buffer.from('<html>'), pdf]))).toBe('application/pdf');
  const archive = Buffer.from('PK\x03\x04\x14\0\0\0\0\0'.padEnd(30, '\0'), 'latin1');
  expect(await startOf(Buffer.concat([archive, pdf]))).toBe(null);
});

test('tells nothing of other content', async () => {
  expect(await startOf(Buffer.from('just words'))).toBe(null);
  expect(await startOf(Buffer.alloc(MAGIC_BYTES))).toBe(null);
});
