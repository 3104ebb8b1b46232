import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestPool, LIMITS, type TestPool } from '#fixtures/page-pool.ts';
import { buildPdf } from '#fixtures/pdf.ts';
import { type Layout, layoutText } from '#server/pages/layout.ts';
import type { Answers, SourceFile } from './protocol.ts';

const SLOW = 60_000;

let pages: TestPool;
let source: SourceFile;
beforeAll(async () => {
  pages = await createTestPool();
  const pdf = await buildPdf([
    { kind: 'scan', text: 'A letter from the sea' },
    { kind: 'scan', text: 'A letter from the lake' },
    { kind: 'scan', text: 'A letter from the sea' },
    { kind: 'text', text: 'A letter that was typed' },
    { kind: 'blank' },
  ]);
  source = await pages.file('scan.pdf', pdf, 'application/pdf');
});
afterAll(() => pages.close());

type Asked = Parameters<TestPool['recognize']>[1];

const read = (page: number, asked: Asked = {}, recall?: Answers['recall']) =>
  pages.recognize(source, { ...asked, page }, recall && { answers: { recall } });

test(
  'a page of the same pixels has the layout that is known of them, under its own number',
  async () => {
    const known = new Map<string, Layout>();
    const recall = async (fingerprint: string) => known.get(fingerprint);
    const first = await read(1, {}, recall);
    known.set(first.fingerprint as string, { ...first.layout, languages: ['fra'] });

    const other = await read(2, {}, recall);
    expect(layoutText(other.layout)).toBe('A letter from the lake');
    const same = await read(3, {}, recall);
    expect(same.fingerprint).toBe(first.fingerprint);
    expect(same.layout).toEqual({ ...first.layout, page: 3, languages: ['fra'] });
    expect(same.preview?.image.width).toBe(first.preview?.image.width);
    expect(Object.keys(same.timings)).toEqual(['prepare', 'preview', 'recall']);
  },
  SLOW,
);

test(
  'what is asked for, the data and the engine make another fingerprint',
  async () => {
    const all = await Promise.all([
      read(1),
      read(1, { languages: ['deu'] }),
      read(1, { languages: ['eng', 'deu'] }),
      read(1, { candidates: ['eng', 'deu'] }),
      read(1, { options: { deskew: false } }),
      read(1, { options: { dpi: 150 } }),
      read(1, { limits: { ...LIMITS, maxTextLength: 5 } }),
    ]);
    const fingerprints = all.map(({ fingerprint }) => fingerprint);
    expect(new Set(fingerprints).size).toBe(all.length);
    expect(fingerprints).toEqual(all.map(() => expect.stringMatching(/^[0-9a-f]{64}$/)));
    expect((await read(1)).fingerprint).toBe(fingerprints[0]);
  },
  SLOW,
);

test(
  'pages that need no reading have none',
  async () => {
    expect((await read(4)).fingerprint).toBeNull();
    expect((await read(5)).fingerprint).toBeNull();
  },
  SLOW,
);
