import { describe, expect, test } from 'vitest';
import type { Ceiling } from './ceiling.ts';
import { withReport } from './publish.ts';
import { ceilingTable, shorten, speedUpTable, stamp } from './report.ts';

const level = (over: Partial<Ceiling>): Ceiling => ({
  workers: 4,
  slots: 16,
  pages: 100,
  documents: 16,
  rate: 50,
  commit: { p50: 4, p95: 9 },
  evidence: {
    wall: 2,
    cpu: { postgres: 1, workers: 2, store: 0.5 },
    wal: 1024 * 1024,
    transactions: 900,
    waits: [{ what: 'IO:WalSync', connections: 3.2 }],
    statements: [{ text: 'select "a", "b" from "pages"', calls: 300, ms: 150 }],
  },
  ...over,
});

describe('the table of the speed-up', () => {
  test('sets rounds of pages against what they took', () => {
    const text = speedUpTable([
      {
        workers: 2,
        slots: 2,
        seconds: 6.6,
        beside: 120,
        idle: 40,
        cpu: { postgres: 20, workers: 90, store: 10 },
      },
    ]);
    expect(text).toContain('| 4 | 2 | 6 | 6.6 | 10 % | 120 | 40 | 20 / 90 / 10 |');
  });
});

describe('the table of the ceiling', () => {
  test('counts processor time by the page and cores by the second', () => {
    const text = ceilingTable([level({ pickUp: { p50: 12, p95: 40 } })]);
    expect(text).toContain(
      '| 64 | 4 | 16 | 50.0 | 12 / 40 | 4 / 9 | 10.0 / 20.0 / 5.0 | 1.75 | 9 / 10 |',
    );
  });

  test('names the statements of the last level of many documents', () => {
    const text = ceilingTable([level({}), level({ documents: 1 })]);
    expect(text).toContain('Statements at 64:');
    expect(text).toContain('| `select … from pages` | 3.0 | 1.5 |');
    expect(text).toContain('| 64, one document | IO:WalSync 3.2 |');
  });
});

test('a statement keeps its end where only columns are left out', () => {
  expect(shorten('select "a" from "b" where "c" = $1')).toBe('select … from b where c = $1');
  expect(shorten(`update ${'x'.repeat(200)}`)).toHaveLength(90);
});

test('the stamp says so where the machine had other work', () => {
  expect(stamp({ load: 100, quick: false })).toContain('busy with other work (load 100.0');
  expect(stamp({ load: 0, quick: false })).not.toContain('busy');
});

describe('a report', () => {
  const page = 'a\n<!-- bench:scale x -->\nold\n<!-- end of x -->\nz\n';

  test('replaces what is between its markers', () => {
    const text = withReport(page, 'x', 'new');
    expect(text).toBe('a\n<!-- bench:scale x -->\n\nnew\n\n<!-- end of x -->\nz\n');
    expect(withReport(text, 'x', 'new')).toBe(text);
  });

  test('is refused by a page without markers', () => {
    expect(() => withReport(page, 'y', 'new')).toThrow('no markers of y');
  });
});
