import { expect, test, vi } from 'vitest';
import { LETTERS } from '#fixtures/accuracy/languages.ts';
import { drawPage } from '#fixtures/images.ts';
import { BUNDLED_LANGUAGES } from '#server/languages/list.ts';
import type { Block, Word } from '#server/pages/layout.ts';
import { Budget } from '#worker/ocr/budget.ts';
import type { Engine } from '#worker/ocr/engine.ts';
import type { GrayRaster } from '#worker/page/raster.ts';
import { identifyLanguages } from './identify.ts';
import { LanguageMemory } from './memory.ts';
import { type LanguageOptions, readInItsLanguages } from './read.ts';
import { cutSample } from './sample.ts';

// Whole pages are drawn and measured, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const [x0, y0, x1, y1] = [0, 0, 100, 20];

function block(text: string, confidence = 90): Block {
  const words = text
    .split(' ')
    .map((word): Word => ({ text: word, box: [x0, y0, x1, y1], confidence, provenance: 'ocr' }));
  return {
    kind: 'text',
    box: [x0, y0, x1, y1],
    lines: [{ box: [x0, y0, x1, y1], baseline: null, words }],
  };
}

const letter = (language: string) => (LETTERS[language] ?? []).map((text) => block(text));
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '');

test.each(BUNDLED_LANGUAGES)('tells that a letter is in %s, its accents lost', (language) => {
  const read = (LETTERS[language] ?? []).map((text) => block(plain(text)));
  for (const current of BUNDLED_LANGUAGES) {
    expect(identifyLanguages(read, BUNDLED_LANGUAGES, [current])).toEqual([language]);
  }
});

test.each([
  ['few words', block('Rechnung Nr. 12 vom März')],
  ['words that were not read', block(LETTERS.fra?.join(' ') ?? '', 20)],
  ['figures', block('1,204 3.50 17 99 0.5 12 1,204 3.50 17 99 0.5 12 1,204 3.50 17')],
])('keeps the language that was read in where there are only %s', (_, read) => {
  expect(identifyLanguages([read], BUNDLED_LANGUAGES, ['eng'])).toEqual(['eng']);
});

test('names a second language that much of a page is in', () => {
  const [first, second] = [letter('deu').slice(0, 2), letter('fra').slice(0, 1)];
  expect(identifyLanguages([...first, ...second], BUNDLED_LANGUAGES, ['deu'])).toEqual([
    'deu',
    'fra',
  ]);
});

const page = rasterOf(letter('spa').map(() => 'Las cartas del año pasado'));

function rasterOf(lines: string[]): GrayRaster {
  const text = Array(24).fill(`${lines[0]} ${lines[1]}`).join('\n');
  const { gray, width, height, dpi } = drawPage(text, { dpi: 100 });
  return { data: gray, width, height, dpi };
}

/** Reads every page as this text, and notes what it was to be read in. */
function engineThatReads(text: string, asked: string[]): Engine {
  return {
    name: 'test',
    version: '1',
    async recognize(_, { languages, segmentation }) {
      asked.push(`${segmentation} ${languages.join('+')}`);
      return { blocks: [block(text)] };
    },
    findTurn: async () => null,
    close: async () => {},
  };
}

const OPTIONS: LanguageOptions = {
  languages: ['eng'],
  candidates: BUNDLED_LANGUAGES,
  segmentation: 'auto',
  rotation: 'auto',
  quality: 'fast',
  deskew: false,
  dpi: null,
  budget: new Budget(),
};

test('looks at a few lines first, then no more while all pages are in one language', async () => {
  const memory = new LanguageMemory();
  const asked: string[] = [];
  const engine = engineThatReads(LETTERS.spa?.join(' ') ?? '', asked);
  for (let count = 0; count < 2; count++) {
    const reading = await readInItsLanguages(page, false, engine, memory, OPTIONS);
    expect(reading.languages).toEqual(['spa']);
    expect(reading.preparation.at(-1)?.reason).toBe('Its words look Spanish.');
  }
  expect(asked).toEqual(['block eng', 'auto spa', 'auto spa']);
});

test('reads a page again whose words are of another language than the pages before', async () => {
  const memory = new LanguageMemory();
  for (let count = 0; count < 4; count++) memory.note('eng');
  const asked: string[] = [];
  const engine = engineThatReads(LETTERS.ita?.join(' ') ?? '', asked);
  const reading = await readInItsLanguages(page, false, engine, memory, OPTIONS);
  expect(reading.languages).toEqual(['ita']);
  expect(asked).toEqual(['auto eng', 'auto ita']);
  expect(memory.unsettled).toBe(true);
});

test.each([
  [[...BUNDLED_LANGUAGES, 'rus', 'ukr'], ['rus', 'ukr'], 'Its letters look Cyrillic.'],
  [
    BUNDLED_LANGUAGES,
    ['eng'],
    'Its letters look Cyrillic, and no language of that script is installed.',
  ],
])(
  'asks for the script of what it can hardly read, with %s installed',
  async (candidates, languages, reason) => {
    const garbage = block(Array(30).fill('Bnarogapum').join(' '), 40);
    const engine: Engine = {
      ...engineThatReads('', []),
      recognize: async (_, { languages: [first] }) => ({
        blocks: first === 'rus' ? [block(Array(30).fill('Благодарим').join(' '))] : [garbage],
      }),
      findScript: async () => 'Cyrillic',
    };
    const options = { ...OPTIONS, candidates };
    const reading = await readInItsLanguages(page, false, engine, new LanguageMemory(), options);
    expect(reading.languages).toEqual(languages);
    expect(reading.preparation.at(-1)?.reason).toBe(reason);
  },
);

test('reads in the languages that were asked for without looking for others', async () => {
  const asked: string[] = [];
  const engine = engineThatReads(LETTERS.ita?.join(' ') ?? '', asked);
  const options = { ...OPTIONS, candidates: undefined };
  const reading = await readInItsLanguages(page, false, engine, new LanguageMemory(), options);
  expect(reading.languages).toEqual(['eng']);
  expect(asked).toEqual(['auto eng']);
});

test('cuts lines out whole, between others', () => {
  const sample = cutSample(page, 10) as GrayRaster;
  expect(sample.width).toBe(page.width);
  expect(sample.height).toBeGreaterThan(60);
  expect(sample.height).toBeLessThan(140);
  for (const row of [0, sample.height - 1]) {
    const pixels = sample.data.subarray(row * sample.width, (row + 1) * sample.width);
    expect(pixels.filter((value) => value < 128).length).toBe(0);
  }
  expect(cutSample(page, 0)).toBe(null);
});
