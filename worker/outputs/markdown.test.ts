import { expect, test } from 'vitest';
import { buildBlocks } from '#fixtures/layouts.ts';
import { escapeMarkdown } from './markdown.ts';
import { writeOutput } from './testing/write.ts';

test('Markdown shows the text as it is, a paragraph for each block', async () => {
  const text = await writeOutput('md');
  expect(text).toContain('<!-- page 1 -->\n\nFish \\<script\\>');
  expect(text).toContain('\n\n漢字\n\n<!-- page 2 -->\n\n> Page 2 was not read');
  expect(escapeMarkdown('1. *a* _b_ `c` [d](e) ![f](g) h|i ~j~ &amp; $k$')).toBe(
    '1\\. \\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) !\\[f\\](g) h\\|i \\~j\\~ \\&amp; \\$k\\$',
  );
  for (const start of ['# a', '- a', '+ a', '=== a', '--- ', '12) a'])
    expect(escapeMarkdown(start)).toMatch(/^(\\[#+=-]|12\\\))/);
});

test('headings, lists and what repeats on the pages are shown as such', async () => {
  const layout = buildBlocks([
    { kind: 'header', lines: ['Report --> 2026 --'] },
    { kind: 'heading', level: 2, lines: ['Of divi-', 'ded words'] },
    { kind: 'list', lines: ['• one', 'goes on', '– two', '3. three', 'a) four'] },
    { kind: 'text', lines: ['# no heading', 'docu-', 'ment'] },
    { kind: 'page-number', lines: ['12'] },
  ]);
  expect(await writeOutput('md', { pages: [{ number: 1, layout }] })).toBe(`<!-- page 1 -->

<!-- header: Report - -&gt; 2026 - - -->

## Of divided words

- one goes on
- two
3. three
- a) four

\\# no heading
document

<!-- page-number: 12 -->
`);
});
