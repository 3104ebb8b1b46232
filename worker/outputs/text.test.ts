import { expect, test } from 'vitest';
import { buildBlocks } from '#fixtures/layouts.ts';
import type { Variant } from '#server/outputs/variants.ts';
import { writeOutput } from './testing/write.ts';

const layout = buildBlocks([
  { kind: 'heading', level: 1, lines: ['A long', 'heading'] },
  { kind: 'text', lines: ['Every docu-', 'ment is read, a well-', 'known one too'] },
  { kind: 'list', lines: ['1. first', 'goes on', '2. second'] },
]);

const text = (variant: Variant) => writeOutput('txt', { pages: [{ number: 1, layout }], variant });

test('text is as it stands on the page unless asked otherwise', async () => {
  expect(await text('')).toBe(
    'A long\nheading\n\nEvery docu-\nment is read, a well-\nknown one too\n\n1. first\ngoes on\n2. second\n',
  );
});

test('divided words are joined, each line keeping its place', async () => {
  expect(await text('joined')).toBe(
    'A long\nheading\n\nEvery document\nis read, a wellknown\none too\n\n1. first\ngoes on\n2. second\n',
  );
});

test('a paragraph becomes one line, a list one for each item', async () => {
  expect(await text('paragraphs-joined')).toBe(
    'A long heading\n\nEvery document is read, a wellknown one too\n\n1. first goes on\n2. second\n',
  );
  expect(await text('paragraphs')).toBe(
    'A long heading\n\nEvery docu-ment is read, a well-known one too\n\n1. first goes on\n2. second\n',
  );
});

test('Chinese lines are unwrapped without a space', async () => {
  const chinese = buildBlocks([{ kind: 'text', lines: ['漢字', '文書'] }]);
  const pages = [{ number: 1, layout: chinese }];
  expect(await writeOutput('txt', { pages, variant: 'paragraphs-joined' })).toBe('漢字文書\n');
});
