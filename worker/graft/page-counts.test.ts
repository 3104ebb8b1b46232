import { PDFName, PDFParser, PDFRef } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { rawPdf } from '#fixtures/pdf.ts';
import { correctedCounts } from './page-counts.ts';

/** The counts that are corrected, by the object numbers of their nodes; `nodes` are numbered from 2. */
async function corrected(...nodes: string[]) {
  const file = rawPdf(['<</Type/Catalog/Pages 2 0 R>>', ...nodes]);
  const context = await PDFParser.forBytesWithOptions(file).parseDocument();
  const counts = [...correctedCounts(context, PDFRef.of(2))];
  return counts.map(([ref, node]) => [ref.objectNumber, String(node.get(PDFName.of('Count')))]);
}

const page = '<</Type/Page>>';

test('corrects what counts too few or too many pages, at any depth', async () => {
  expect(await corrected('<</Count 1/Kids[3 0 R 4 0 R]>>', page, page)).toEqual([[2, '2']]);
  const inner = '<</Count 100/Kids[4 0 R]>>';
  expect(await corrected('<</Count 1/Kids[3 0 R]>>', inner, page)).toEqual([[3, '1']]);
});

test('leaves a tree that is right, and one that is a loop', async () => {
  expect(await corrected('<</Count 2/Kids[3 0 R 4 0 R]>>', page, page)).toEqual([]);
  expect(await corrected('<</Count 5/Kids[2 0 R 3 0 R]>>', page)).toEqual([]);
});
