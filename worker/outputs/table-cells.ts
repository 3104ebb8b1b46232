import { type Block, lineText } from '#server/pages/layout.ts';
import { cleanText } from '../page/text.ts';

export type TableBlock = Extract<Block, { kind: 'table' }>;

/** The texts of a table's cells, row by row; a cell that reaches over others stands in its first. */
export function tableCells({ table, lines }: TableBlock): string[][] {
  const cells = Array.from({ length: table.rows }, () => new Array<string>(table.columns).fill(''));
  for (const { row, column, lines: own } of table.cells) {
    const texts = own.map((at) => cleanText(lineText(lines[at]?.words ?? [])));
    const place = cells[row];
    if (place && column < place.length) place[column] = texts.join(' ').trim();
  }
  return cells;
}
