import type { ReactNode } from 'react';
import type { TracedLine } from '#server/corrections/apply.ts';
import type { Cell, Table } from '#server/pages/layout.ts';
import { lineText } from '#server/pages/line-text.ts';
import { cn } from '../ui/cn.ts';
import { toRows } from './table-rows.ts';

const NUMBER = /^[-+(]?\p{Sc}?\s?[\d.,\s]+\s?[%\p{Sc})]?$/u;

/** A table of the page as one, each cell with the lines that were read in it. */
export function TableText({
  table,
  lines,
  renderLine,
}: {
  table: Table;
  lines: TracedLine[];
  renderLine: (index: number) => ReactNode;
}) {
  return (
    <table className="w-full border-collapse">
      <tbody>
        {toRows(table).map((cells, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
          <tr key={row}>
            {cells.map((cell) => (
              <td
                key={cell.column}
                rowSpan={cell.rowSpan}
                colSpan={cell.columnSpan}
                className={cn('p-0 pe-4 align-top', isNumber(cell, lines) && 'text-end')}
              >
                {cell.lines.map((line, index) => (
                  <span key={line}>
                    {index > 0 && '\n'}
                    {renderLine(line)}
                  </span>
                ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isNumber(cell: Cell, lines: TracedLine[]): boolean {
  const texts = cell.lines.map((line) => lineText(lines[line]?.line.words ?? []));
  return texts.length > 0 && texts.every((text) => NUMBER.test(text));
}
