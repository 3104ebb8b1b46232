import { expect, test } from 'vitest';
import type { Box } from '#server/pages/layout.ts';
import { dotsToBullets } from './bullets.ts';

const word = (text: string, box: Box, confidence = 80) => ({
  ...{ text, box, confidence },
  provenance: 'ocr' as const,
});

/** A line that begins with this before a word 28 pixels high. */
function read(text: string, box: Box, confidence?: number): string | undefined {
  const words = [word(text, box, confidence), word('Property', [40, 100, 160, 128])];
  const line = { box: [10, 100, 160, 128] as Box, baseline: null, words };
  const [block] = dotsToBullets([{ kind: 'text', box: line.box, lines: [line] }]);
  return block?.lines[0]?.words[0]?.text;
}

test.each(['+', 'e', '°', '«', '·'])('a round dot half-way up the line is no %s', (text) => {
  expect(read(text, [14, 108, 24, 117], 50)).toBe('•');
});

test.each<[string, string, Box]>([
  ['a point on the line', '.', [14, 123, 18, 127]],
  ['a star above', '*', [14, 100, 25, 110]],
  ['a dash', '-', [14, 111, 26, 114]],
  ['a small letter', 'o', [10, 106, 28, 124]],
  ['a star that is sure', '*', [14, 108, 24, 117]],
  ['a letter that is sure', 'a', [14, 107, 28, 121]],
  ['a stroke', '1', [18, 106, 22, 120]],
])('%s stays as it was read', (_, text, box) => {
  expect(read(text, box)).toBe(text);
});
