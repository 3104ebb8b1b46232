import { expect, test } from 'vitest';
import { type Segment, toReadingOrder } from './reading-order.ts';

const HEIGHT = 10;

/** A line of words at this place, as wide as 6 a character. */
function segment(text: string, x: number, y: number): Segment {
  const width = text.length * 6;
  return {
    words: text.split(' ').map((word) => ({
      text: word,
      box: [x, y, x + width, y + HEIGHT],
      confidence: null,
      provenance: 'native',
    })),
    box: [x, y, x + width, y + HEIGHT],
    baseline: [x, y + HEIGHT, x + width, y + HEIGHT],
    height: HEIGHT,
  };
}

const read = (segments: Segment[]) =>
  toReadingOrder(segments).map((block) =>
    block.lines.map((line) => line.words.map(({ text }) => text).join(' ')),
  );

const column = (name: string, x: number, y: number) =>
  Array.from({ length: 5 }, (_, index) => segment(`${name} has line ${index}`, x, y + index * 12));

test('reads columns one after the other, below a heading that spans both', () => {
  const heading = segment('A heading that reaches over both of the columns', 0, 0);
  const [top, left, right] = read([...column('right', 200, 40), heading, ...column('left', 0, 40)]);
  expect(top).toEqual(['A heading that reaches over both of the columns']);
  expect(left?.[0]).toBe('left has line 0');
  expect(left).toHaveLength(5);
  expect(right?.[4]).toBe('right has line 4');
});

test('reads the rows of a table as lines', () => {
  const rows = [0, 1, 2, 3, 4].flatMap((row) => [
    segment(`${row}.00`, 300, row * 12),
    segment(`Item ${row}`, 0, row * 12),
  ]);
  expect(read(rows)).toEqual([[0, 1, 2, 3, 4].map((row) => `Item ${row} ${row}.00`)]);
});

test('begins a new block after a gap', () => {
  expect(read([segment('one', 0, 0), segment('two', 0, 12), segment('three', 0, 60)])).toEqual([
    ['one', 'two'],
    ['three'],
  ]);
});
