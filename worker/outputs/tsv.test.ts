import { expect, test } from 'vitest';
import { writeOutput } from './testing/write.ts';

test('TSV has the columns and levels of Tesseract, one row a line', async () => {
  const [head, ...rows] = (await writeOutput('tsv')).trimEnd().split('\n');
  expect(head?.split('\t')).toHaveLength(12);
  const cells = rows.map((row) => row.split('\t'));
  expect(cells.every((row) => row.length === 12)).toBe(true);
  expect(cells.map(([level]) => level).join('')).toBe('12345523455' + '1' + '12345');
  expect(cells[4]).toEqual([
    '5',
    '1',
    '1',
    '1',
    '1',
    '1',
    '100',
    '100',
    '50',
    '20',
    '91.25',
    'Fish',
  ]);
  expect(cells.at(-1)?.slice(10)).toEqual(['100', 'born']);
});
